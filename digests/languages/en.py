# ruff: noqa: E501 -- lines of data
"""English for the reader: titles, offices, bodies of a state, words that make a name an organisation, first names.

Words only; what follows from them is decided in digests/extract. The cues of stances are in en_cues.py.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.replace("\n", " ").split(";") if part.strip())


HONORIFICS = _set("mr mrs ms miss dr sir dame lord lady madam")

OFFICES = _phrases(
    """president; vice president; prime minister; deputy prime minister; foreign minister; defense minister;
    defence minister; interior minister; finance minister; justice minister; energy minister; health minister;
    information minister; minister; deputy minister; deputy foreign minister; secretary of state; foreign secretary;
    defense secretary; defence secretary; home secretary; treasury secretary; secretary of defense; secretary;
    secretary general; secretary-general; u.n. secretary-general; press secretary; white house press secretary;
    general secretary; attorney general; national security adviser; national security advisor; adviser; advisor;
    ambassador; u.s. ambassador; envoy; special envoy; chancellor; premier; king; queen; prince; crown prince;
    princess;
    sheikh; emir; sultan; pope; ayatollah; supreme leader; leader; opposition leader; majority leader; minority leader;
    senate majority leader; senate minority leader; house speaker; speaker; chairman; chairwoman; chair; chief;
    director; cia director; fbi director; executive director; commissioner; high commissioner; governor; mayor;
    senator; sen;
    sens; rep; reps; representative; congressman; congresswoman; gov; judge; justice; general; gen; lt; lieutenant;
    colonel; col; maj; major; brig; brigadier; captain; capt; admiral; adm; rear admiral; vice admiral; commander; sgt;
    marshal; field marshal; spokesman; spokeswoman; spokesperson; professor; prof; rabbi; imam; cleric; pastor; rev;
    reverend;
    bishop; archbishop; cardinal; patriarch; lawyer; attorney; analyst; activist; journalist; correspondent; reporter;
    candidate; presidential candidate; nominee; lawmaker; legislator; deputy; mp; counselor; negotiator;
    chief negotiator;
    prosecutor; chief of staff; joint chiefs chairman; counsel; chief executive; ceo; founder; author; expert; fellow;
    senior fellow; historian; economist; resident; student; coordinator; undersecretary; assistant secretary;
    first lady; councilor; state councilor; house leader;
    inspector general; special counsel; prime minister-elect; president-elect; king; sultan; deputy secretary;
    vice chairman; co-chairman; ruler; dictator; strongman; warlord; sheik; former"""
)
"""Offices and callings before or after a name; longest first when matched. Before a name they may be lower case."""

OFFICE_QUALIFIERS = _set(
    "former ex-president then acting interim deputy senior top chief outgoing incoming late then-president ousted "
    "deposed toppled exiled jailed first second new vice foreign defense defence interior finance prime national security general "
    "special presidential opposition military political republican democratic conservative"
)

ORG_WORDS = _set(
    "ministry department agency council committee commission court party parliament assembly congress senate "
    "union organization organisation association federation foundation institute institution university college "
    "school center centre bank fund corporation corp company inc ltd group network alliance coalition front army "
    "force forces guard guards command navy bureau office service services authority administration board league "
    "society movement brigade brigades militia times post journal news press television tv radio herald tribune "
    "telegraph magazine review international watch observatory initiative programme program police cabinet "
    "government tribunal secretariat conference church academy campaign delegation embassy mission airlines "
    "hospital club trust chamber house intelligence caucus project"
)
"""A capitalised run that ends with (or opens with, before "of") one of these names an organisation."""

GROUP_WORDS = _set(
    "party movement brigade brigades militia front rebels militants fighters insurgents separatists network "
    "coalition caucus"
)
"""Of those, the ones that make a group (a party, an armed group, a movement)."""

PLACE_WORDS = _set(
    "street avenue road square river sea ocean island islands mountain mountains valley desert bay gulf strip "
    "airport base province city town village region district county east west north south hills heights peninsula "
    "strait canal coast park border bank office house tower hotel stadium hall palace plaza bridge garden "
    "university hospital school"
)

NOT_NAMES = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december twitter facebook youtube instagram tweet covid covid-19 coronavirus "
    "christmas easter ramadan internet muslim muslims christian christians jewish jews arab arabs western islam "
    "islamic christianity judaism english french arabic hebrew god allah i ii iii tv ad am pm est gmt et nobel"
)

EVENT_WORDS = _set(
    "war wars agreement accord accords treaty act deal pact summit plan protocol resolution convention "
    "constitution day week month year revolution spring crisis conflict amendment bill law prize award talks "
    "process initiative games cup olympics operation attack attacks bombing massacre election elections "
    "referendum decade century declaration charter doctrine memorandum doctrine report age era"
)
"""A capitalised run that ends with one of these is an event or a paper, no actor."""

STATE_BODIES = _set(
    "government administration regime authorities leadership state govt gov't kingdom officialdom rulers republic side"
)
"""With an adjective of a state, or "of" and its name, these are the state itself."""

ORG_BODIES = _phrases(
    """military; army; armed forces; air force; navy; police; parliament; cabinet; court; courts; foreign ministry; defense ministry;
    defence ministry; interior ministry; health ministry; ministry; security forces;
    intelligence agencies; intelligence community; intelligence services; state media; state television; state tv;
    state news agency;
    supreme court; central bank; delegation; senate; congress; coast guard; border guards; security services;
    security council; judiciary;
    election commission; prosecutors; foreign office; treasury; legislature; news agency; air defense"""
)
"""With an adjective of a state, these are organisations of that state."""

GROUP_BODIES = _set(
    "rebels militants separatists opposition fighters insurgents protesters demonstrators militias militia "
    "leaders nations countries states allies powers governments activists extremists jihadists lawmakers "
    "loyalists dissidents factions groups tribes clerics settlers migrants refugees voters Kurds Islamists"
)
"""With an adjective of a state, nation, religion or bloc, these are a group."""

BLOC_ADJECTIVES = _set(
    "Arab Muslim Western European African Asian Gulf Latin Kurdish Islamic Sunni Shiite Shia Christian Jewish "
    "Islamist Baltic Nordic Balkan Druze Alawite Yazidi Houthi Uighur Uyghur Rohingya Chechen Catalan Tamil Sikh "
    "Hindu Buddhist Republican Democratic Congressional Conservative Labour Labor GOP Tory Palestinian "
    "pro-Russian pro-Russia Syrian-Kurdish Saudi-led US-led U.S.-led Pro-Russian Pro-Russia"
)

SEATS = {
    "Kremlin": "Russia",
    "White House": "United States",
    "Oval Office": "United States",
    "Downing Street": "United Kingdom",
    "Whitehall": "United Kingdom",
    "Blue House": "South Korea",
    "Elysee": "France",
    "Élysée": "France",
    "Élysée Palace": "France",
    "Elysee Palace": "France",
    "Foggy Bottom": "United States",
    "Tel Aviv": "Israel",
}
"""Seats of government that stand for the state when they act or speak."""

NO_SEATS = _set("Jerusalem London Oval Amsterdam Singapore Luxembourg Panama Djibouti Guatemala Kuwait Georgetown")

LEADER_STATES = {
    "Obama": "United States", "Biden": "United States", "Trump": "United States", "Putin": "Russia",
    "Netanyahu": "Israel", "Assad": "Syria", "Erdogan": "Turkey", "Rouhani": "Iran", "Morsi": "Egypt", "Bush": "United States",
    "Maduro": "Venezuela", "Kim": "North Korea", "Moon": "South Korea", "Macron": "France", "Merkel": "Germany",
    "Zelensky": "Ukraine", "Zelenskyy": "Ukraine", "Modi": "India", "Hollande": "France", "Cameron": "United Kingdom",
    "Poroshenko": "Ukraine", "Rohani": "Iran", "Sisi": "Egypt", "al-Sisi": "Egypt", "al-Assad": "Syria", "Xi": "China",
}  # fmt: skip
"""Surnames that stand for a government in "the Biden administration", "the Assad regime"."""

ROLE_NOUNS = _set(
    "president minister premier chancellor secretary ambassador envoy spokesman spokeswoman spokesperson leader "
    "chief king queen prince sheikh pope senator congressman congresswoman general commander governor mayor "
    "chairman chairwoman director judge lawyer attorney professor analyst pastor cleric candidate nominee "
    "diplomat lawmaker commissioner speaker adviser advisor activist prosecutor journalist author founder mediator negotiator"
)

UNNAMED = _set(
    "official officials source sources analyst analysts expert experts critic critics observer observers witness "
    "witnesses diplomat diplomats people person residents resident person aide aides adviser advisers "
    "investigators reports report spokesman-unnamed supporters opponents activists lawmakers some many others "
    "another several most both study poll polls survey statement somebody someone nobody everyone anyone those "
    "these lawyers scholars commentators skeptics"
)
"""Speakers without a name; they hold nothing."""

PERSONAL = _set("he she")

SPEECH = _set(
    "said says told added tweeted wrote warned argued insisted stated announced declared noted acknowledged "
    "explained continued asked called accused denied urged vowed claimed suggested replied responded testified "
    "met"
)
"""Past and present forms that a person's name stands beside."""

FUNCTION_WORDS = _set(
    "a an the this that these those his her its their our your my he she it they we you i who which what when "
    "where why how and or but nor so yet for if as at by in into of off on onto out over to up with from about "
    "after before during while since until because although though despite without within among between against "
    "under above below through across than then there here also even just only not no yes all any both each every "
    "few many more most much other another some such same own too very still again once however moreover "
    "furthermore additionally meanwhile instead indeed perhaps earlier later now today yesterday tomorrow tonight "
    "recently previously according following amid like unlike let is are was were be been being am do does did "
    "has have had will would shall should can could may might must one two three four five six seven eight nine "
    "ten last next first second third either neither none nobody nothing everyone everything someone something "
    "whether why never always often sometimes maybe finally eventually ultimately currently separately similarly "
    "please sorry thank thanks well down back late early under nearly almost roughly around least half several "
    "whatever whoever whose whom using based citing calling saying adding noting speaking given asked told see read "
    "yet mr mrs ms dr sen rep gov gen sir lord lady part photo image video file copyright advertisement share click "
    "breaking exclusive opinion analysis update updated live watch related story stories continue reading correction "
    "editor"
)
"""Lower-case words that may be capitalised because a sentence begins with them."""

PARTICLES = _set("al bin ibn van von de la del der den di da dos el ben abu bint du le ul al- e y")

FIRST_NAMES = _set(
    "aaron abbas abdel abdul abdulaziz abdullah abdulla abdel-fattah abdelfattah abe abigail abraham abu adam "
    "adel adnan ahmad ahmed ahmet aisha akira alan alain albert alejandro alex alexander alexandre alexandra "
    "alexandria alexei alexey alfred ali alice alison alistair allan allen alyssa amal amanda amber amina amir "
    "amos amr amy ana anas anatoly anders andre andrea andreas andrei andres andrew andrey andriy andy angela "
    "angus anita ann anna annalena anne anthony antoine anton antonio antony anwar arab ariel arkady arnold art "
    "arthur arturo asad asher ashraf asif asma ashton atef austin avi avigdor avraham ayman aziz barack barbara "
    "barry bart bashar bassem ben benedict benjamin benny bernadette bernard bernie bert beth betty bezalel bill "
    "bob boris brad brandon brenda brendan brett brian bridget bruce bruno bryan caitlin carl carla carlos carmen "
    "carol caroline caspar catherine cathy cecilia cesar chad charles charlie charlotte chen cheryl chris "
    "christian christiane christina christine christopher chuck cindy claire claudia claude clara clive colin "
    "condoleezza connor cory craig cristina curtis cyril cynthia daisy dalia dan dana daniel daniela danny "
    "darrell dave david dawn dean debbie deborah delcy denis dennis derek devin diana diane dick dina dmitri "
    "dmitriy dmitry dominic dominique don donald donna doug douglas duncan dylan ebrahim ed eddie edgar edmund "
    "eduardo edward edwin ehud eileen elaine elena eli elias elie elijah elizabeth ella ellen elliott emily emma "
    "emmanuel emmerson eric erik erika ernest esmail ester ethan eugene eva evan evo evelyn faisal farhan farid "
    "farouk fatima fatou fawzi federica felipe felix fernando fethullah fiona florence frances francesca francis "
    "francisco francois frank frans fred frederick fuad gabriel gabriela gadi gareth gary gavin gebran geert gen "
    "gene geoff geoffrey george georges georgia geraldine gerald gerard gerhard gideon gil gilad gina giorgia "
    "giorgos giulia glen glenn gordon grace graham greg gregory grigory guido guillermo gunter gustavo guy hadi "
    "hakan haider haley halima hamid hans harold harriet harry harvey hasan hashim hassan hazem heather hector "
    "heidi heiko helen helena helga helmut henry herbert herman hilary hillary hiroshi horst hosni howard hugh "
    "hugo humza hussein husam hossein ian ibrahim idris ignacio igor ilan ilhan ilya imad imran ines ingrid ira "
    "irene irina isaac isabel isaias ismail issa itamar ivan jack jacinda jack jackie jacob jacques jair jake "
    "jalal jamal james jamie jan jane janet jared jason javad javier jay jean jean-claude jean-marc jean-yves "
    "jeanine jeff jefferson jeffrey jen jennifer jens jeremy jerome jerrold jerry jesse jessica jill jim jimmy "
    "jin joan joanna joao joe joel johan johannes john johnny jon jonathan jordan jorge jose josef josep joseph "
    "joseph-marie josh joshua joy juan juan-carlos judith judy julia julian julie julio jun june justin kaja "
    "kamal kamala karen karim karin karl karla kate katherine kathleen kathryn kathy katie katrina keir keith "
    "kelly ken kenneth kerry kevin khaled khalid khalil kim kirk kirsten kofi kristen kristin kristina kwame kyle "
    "kyriakos lael lana larry lars laszlo laura lauren laurence laurent lavrov leah lee leila leo leon leonard "
    "leonid leopoldo leslie lewis liam lila linda lindsey lisa liz liza lloyd lois lopez lorenzo loretta lou "
    "louis louise luc lucas lucia lucy luigi luis luisa luiz lula luke lula lyndon lynn madeleine maggie mahathir "
    "mahinda mahmoud majid malala malcolm manuel manmohan marc marcel marcelo marco marcus margaret maria mariam "
    "marianne marie marina mario marion mariano mark mark-esper markus marjorie martha martin marty marwan mary "
    "marzouk masoud mateusz matt matteo matthew maureen maurice mauricio max maya megan meir melania melissa "
    "meredith mette mevlut michael michel michele michelle miguel mike mikhail mick mitch mitt mo moammar mohamed "
    "mohammad mohammed mohsen moises moncef monica moon mordechai moshe muammar muhammad muhammadu mulk muqtada "
    "mustafa nabil nadia naftali najib nancy narendra nasser natalie nathan nawaf nawaz neil nelson nicholas nick "
    "nickolay nicky nicola nicolas nicole nigel nikki nikol nikolai nikos nina nir nizar noah noam noel noor nora "
    "norman nour nouri olaf oleg oleksandr oleksii oliver olivia olga omar oren orly oscar osama osman otto owen "
    "pablo pam pamela park pat patricia patrick paul paula paulo pavel pavlo pedro penny pervez pete peter petro "
    "phil philip philippe phillip pierre piotr prayut priti qassem qasem queen rached rachel rafael rafik rahul "
    "raila ralph ramzan ramzi ran rand randy rania rashad rashid rashida raul ravi ray raymond rebecca recep reem "
    "reggie reince reuven rex riad ricardo richard rick ricky rima rishi rita riyad rob robert roberto robin "
    "rodrigo rodney roger roland roman ron ronald ronen rosa rose rosemary ross roy ruben rudy rudolph rupert "
    "ruslan russell ruth ryan sa'ad saad sabrina saddam sadiq saeb saeed salam salem salih salman salva sam "
    "samantha sameh sami samir samuel sandra sanna sara sarah sari saul scott sean sebastian selim serge sergei "
    "sergey sergio seth shah shane shannon sharon shaun sheikh sheila sherif shimon shinzo simon simone sofia "
    "sonia sophie stanislav stanley stefan stella stephane stephanie stephen steve steven stuart sue sultan sunil "
    "susan susanna sushma suzanne svetlana sven sylvia tamara tamer tamim tammy tareq tariq tarek tayyip ted "
    "tedros teresa terrence terry thein theodore theresa thierry thomas tim timothy tina todd tom tomas tommy "
    "tony tracy trey tsipi tulsi tzipi umar ursula usama valdis valerie vanessa vera vernon veronica victor "
    "victoria viktor viktoria vikram vince vincent virginia vitali vitaly vivian vladimir volker volodymyr wade "
    "walid wally walter wang wayne wendell wendy wesley wilbur will willem william wolfgang xavier yair yang "
    "yasser yehuda yevgeny yigal yoav yoel yitzhak yogi yoko yolanda yonatan yoshihide yossi youssef yukio yulia "
    "yuri yusuf yvette yves zachary zalmay zeid zhang zhao zia ziad zoe zuhair"
)

PLACES = _phrases(
    """West Bank; the West Bank; New York; Middle East; the Middle East; South Carolina; North Carolina; West Virginia; New Jersey;
    New Hampshire; New Mexico; North Dakota; South Dakota; Rhode Island; Los Angeles; San Francisco; San Diego;
    Las Vegas;
    New Orleans; East Jerusalem; West Jerusalem; Gaza Strip; Gaza City; Golan Heights; Persian Gulf; Red Sea;
    Black Sea;
    South China Sea; Strait of Hormuz; East Asia; Southeast Asia; South Asia; Central Asia; North Africa;
    West Africa; East Africa;
    South Sudan border; Rose Garden; Capitol Hill; Silicon Valley; Wall Street; Fort Bragg; Camp David;
    Saint Petersburg;
    St. Petersburg; Hong Kong; Texas; Florida; California; Georgia state; Virginia; Ohio; Michigan; Pennsylvania;
    Mosul; Aleppo;
    Donetsk; Luhansk; Crimea; Mariupol; Kharkiv; Istanbul; Dubai; Mumbai; Karachi; Shanghai; Geneva; Frankfurt;
    Munich; Hamburg;
    Barcelona; Milan; Davos; Sochi; Rakhine; Kashmir; Darfur; Homs; Idlib; Raqqa; Damascus countryside; Benghazi;
    Fallujah; Basra;
    Kandahar; Peshawar; Lahore; Guantanamo Bay; Guantanamo; Manhattan; Brooklyn; Chicago; Boston; Houston; Dallas;
    Miami; Seattle;
    Philadelphia; Detroit; Atlanta; Asia; Europe; Africa; Latin America; South America; North America;
    Eastern Europe; Western Europe"""
)
"""Well-known places that act in no article."""

MEDIA_WORDS = _set("times post news herald tribune telegraph magazine review journal tv radio")

CREDITS = (
    r"contributed to this report|\breports?\.?$|^Contributing:|^WATCH|^\(?Photo|[Rr]eporting by|[Ee]diting by|\bPhoto(?:s|graph)?\b ?(?:by|:|/)|AP Photo|Getty|/AP\b|"
    r"\(AP\)|EPA|AFP/|[Ww]ritten by|^By [A-Z]|Follow .{0,40} on Twitter|^Write to|staff writer|is a reporter|Image credit|@\w+\.com"
)
"""A sentence with one of these credits reporters or photographers, who are no actors."""

MEDIA = _phrases(
    """Associated Press; Reuters; Agence France-Presse; Al Jazeera; BBC; CNN; Fox News; NBC News; CBS News; ABC News;
    New York Times; Washington Post; Wall Street Journal; Guardian; Daily Telegraph; Times of Israel; Jerusalem Post;
    Haaretz;
    Washington Times; Los Angeles Times; USA Today; Financial Times; NPR; CNBC; MSNBC; Sky News; Politico; Breitbart;
    Daily Mail; Global News; Ynet"""
)
"""Outlets: actors only where the article cites them as one."""
