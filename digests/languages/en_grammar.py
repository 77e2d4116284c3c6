"""Small words of English that the reader's rules look for, by use. Words only; the rules are in digests/extract."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NO_PERSONS = _set("brexit republican democrat republic locals others reluctant will canadian-born nobody")

FINITE_AUXILIARIES = _set("has had have is was will would should must can could may might did does also are were")

LOCATIVE = _set("in at near from outside around across inside through via leaving visit visiting visited")

PLACING = _set(
    "in at near from outside around across inside through throughout into to over leaving visit visiting left"
)

TOWARDS = _set(
    "urge urging press pressing presses telling warning warns warn accuse accusing condemn condemned condemns "
    "condemning asks asking urged urges told tells accused accuses warned asked with against between by pressed "
    "blamed angered"
)

EASTERN = _set("kim xi moon park lee li wang zhang chen nguyen hun yoon abe ban mao deng hu wen lam")

TOLD = _set(
    "them him her us it me you refused refuse refuses refusing declined decline declines declining failed fails "
    "failing unable reluctant not yet"
)

COPULAS = _set("appeared appears seemed seems remained remains sounded sounds looked felt feels became stood stands")

AUXILIARIES = _set(
    "has have had is are was were be been being will would shall should can could may might must do does did "
    "having hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't shan't shouldn't can't cannot "
    "couldn't mightn't don't doesn't didn't"
)

BE = _set("is are was were be been being isn't aren't wasn't weren't")

NEGATIONS = _set("not never cannot")

ADVERBS = _set(
    "also repeatedly strongly publicly again later earlier then firmly quickly initially still reportedly "
    "consistently previously recently already long often always now once even further formally officially "
    "categorically unanimously sharply harshly swiftly flatly vehemently angrily immediately reluctantly "
    "explicitly implicitly openly privately today monday tuesday wednesday thursday friday saturday sunday only "
    "just soon too finally eventually fiercely simply jointly separately similarly specifically rightly wrongly "
    "vigorously warmly broadly long-since not never no longer all both clearly effectively essentially largely "
    "mostly nearly routinely regularly roundly steadfastly subsequently ultimately unilaterally apparently "
    "allegedly strenuously frequently bluntly quietly"
)

BOUNDARIES = _set(
    "that while because as when after before if although though but who which whether than since until unless "
    "where whereas whose so yet amid despite"
)

PREPOSITIONS = _set(
    "of for in on at from to with by about against between among over under during after before into within near "
    "inside outside without following including like through across toward towards around via since until behind "
    "besides"
)

MARKS = _set(', ; : — – - ( ) [ ] “ ” " « » „ …')

HYPOTHETICAL = _set("would could may might should must can if")

NO_ADVERBS = _set("family ally assembly supply reply rally anomaly monopoly apply rely comply imply")
"""Words in -ly that are none."""

CARRIERS = _set(
    "call calls claim claims offer offers proposal proposals request requests accusation accusations charge charges "
    "suggestion suggestions allegation allegations government administration leader leaders officials forces troops "
    "army military regime authorities president minister again repeatedly yesterday today responsible accountable "
    "and or the"
)
"""Between a target and its preposition, what no stance is about: Israel's "government over the strikes"."""

PASTS = _set("said told wrote thought knew saw felt found sought held withdrew stood took swore cut")

SUBORDINATE = _set("while as after when because although though since before amid following but whereas")

JOINING = _set("and but while or as when after because")

ISSUE_LEADING = _set(
    "that to for on of an a the any its his her their in at with against by about over be being is was were are "
    "it as such this these those what he she we i him us has have had will would also immediately only our your "
    "my from into upon if there or toward towards but some"
)

ISSUE_OPEN = _set(
    "and or who which where when while because after before since until between under during so not more new both "
    "all own further more than least most very them they such other same whole such how why"
)

AFTER_PAST = _set("a an the its his her their to for on in that two three more off out up by with against")

VAGUE = _set(
    "step steps move moves idea plan plans proposal proposals decision decisions offer appeal call calls "
    "accusation accusations talk talks measure measures action actions agreement deal stance position statement "
    "statements approach effort efforts request demand demands charge charges claim claims allegation allegations "
    "report reports remark remarks comment comments question questions answer issue issues matter way ways result "
    "outcome argument arguments argued attempt attempts initiative bid option options policy conditions condition "
    "law bill vote support help others people things thing something anything everything case opponent side sides "
    "resolution resolutions motion draft guarantee guarantees assurance assurances "
    "both leaders countries opportunity role account process possibility situation event incident news visit meeting "
    "suggestion suggestions view views thoughts opponents lawmakers officials reporters government state pressure"
)

NO_ISSUE = _set(
    "outright no nothing each none little nobody it them him her us me you himself herself itself themselves who what "
    "whether how and or here there everyone anyone someone reporters journalists"
)

ABOUT = _set("need importance necessity urgency talk question issue idea possibility prospect notion concern concerns")

DETERMINERS = _set("the its his her their our all both these those")

SUFFERED = _set(
    "killing killings murder murders death deaths assassination detention arrest abduction kidnapping beheading "
    "execution disappearance poisoning jailing imprisonment sentencing expulsion ouster removal"
)

STRONG = _set("urgent pressing growing deep grave serious strong renewed clear critical vital great same very")

DAYS = _set("monday tuesday wednesday thursday friday saturday sunday")

ASIDE = _set("after before when while because as which who whose despite although but since amid following where —")
"""Words that open a clause which the cue before them says nothing of."""

ANYBODYS = frozenset(
    [
        "foreign ministry",
        "defence ministry",
        "defense ministry",
        "interior ministry",
        "health ministry",
        "ministry",
        "foreign office",
        "parliament",
        "supreme court",
        "cabinet",
        "army",
        "police",
        "central bank",
        "senate",
    ]
)
"""Bodies that every state has."""

ISSUE_DAYS = _set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight "
    "oct jan feb aug sept nov dec"
)

ISSUE_TITLES = _set("mr mrs ms dr sen rep gov gen st")

NO_ACTION = _set(
    "comment say elaborate answer discuss identify name be give provide respond speculate speak disclose specify "
    "reveal talk confirm explain return reply detail characterise characterize publicly immediately share "
    "interview requests request"
)

BEFORE_TARGET = _set("on of the with at to for by against from a both its")

ABBREVIATIONS = _set(
    "mr mrs ms dr prof sen sens rep reps gov gen lt col maj capt sgt cpl adm cmdr brig st jr sr vs no jan feb mar "
    "apr jun jul aug sep sept oct nov dec inc ltd co corp etc dept rev hon mt ft pres"
)

SPOKESMEN = _set("spokesman spokeswoman spokesperson spokespeople spokesmen")

BODY_NOUNS = _set(
    "ministry council court agency party organisation organization committee group movement military army police "
    "union government parliament administration commission assembly bloc alliance department"
)

SAYING = _set(
    "say add explain argue write tweet note warn declare announce insist recall conclude continue state claim "
    "report observe remark reply respond read acknowledge stress ask urge testify joke admit"
)

NOUNLIKE = _set(
    "sanctions demands calls claims plans reports offers doubts fears supports charges strikes hopes protests "
    "questions requests appeals promises pledges attacks concerns accuses support call demand plan report offer "
    "doubt fear charge hope protest question request appeal promise pledge warning warnings vetoes orders bans "
    "agreements signals estimates"
)

POLICY = _set(
    "plan plans decision decisions statement statements resolution vote move moves process policy policies bill "
    "law laws measure measures deal agreement proposal referendum plebiscite sanctions ban order approach action "
    "actions"
)

CLOSING = _set("and but or in on at as when while after before because then if again too strongly with during")

WOMEN_OFFICES = _set("spokeswoman chairwoman congresswoman queen princess lady duchess mother")

MEN_OFFICES = _set("spokesman king prince congressman pope sheikh imam father")

WOMEN = _set(
    "amber carmen erika halima june kamala lana pam rose sue tamara tammy tulsi yoko "
    "abigail aisha alexandra alexandria alice alison alyssa amal amanda amina amy ana andrea angela anita ann "
    "anna annalena anne asma barbara bernadette beth betty brenda bridget caitlin carla carol caroline catherine "
    "cathy cecilia charlotte cheryl christiane christina christine cindy claire claudia clara condoleezza "
    "cristina cynthia daisy dalia dana daniela dawn debbie deborah delcy diana diane dina dominique donna eileen "
    "elaine elena elizabeth ella ellen emily emma ester eva evelyn fatima fatou federica fiona florence frances "
    "francesca gabriela georgia geraldine gina giorgia giulia grace hanan harriet heather heidi helen helena "
    "helga hilary hillary ilhan ines ingrid irene irina isabel jacinda jackie jane janet jeanine jen jennifer "
    "jessica jill joan joanna joy judith judy julia julie karen karin kate katherine kathleen kathryn kathy katie "
    "katrina kaja kelly kirsten kristen kristin kristina lael laura lauren leah leila linda lindsay lisa liz liza "
    "lois loretta louise lucia lucy lynn madeleine maggie malala margaret maria mariam marianne marie marina "
    "marjorie martha mary maureen maya megan melania melissa meredith mette michele michelle monica nadia nancy "
    "natalie natalia nicola nicole nikki nina nora olga olivia pamela patricia paula penny priti rachel rania "
    "rashida rebecca reem renee rima rita rosa rosemary ruth sabrina samantha sandra sanna sara sarah sharon "
    "sheila sofia sonia sophie stella stephanie susan susanna sushma suzanne svetlana sylvia teresa theresa tina "
    "tracy tsipi tzipi ursula valerie vanessa vera veronica victoria viktoria virginia wendy yolanda yulia yvette "
    "zoe"
)

DONE_TO = _set("expel ban bar suspend designate")

BARE_OBJECTS = _set("it them him her this so")

OBJECT_NOUNS = _set("concern concerns call need importance finger")

TURNING = frozenset([
    "end", "ending", "halt", "halting", "stop", "stopping", "prevent", "preventing", "lift", "lifting", "ban",
    "banning", "block", "blocking", "cease", "ceasing", "cessation", "removal", "removing", "withdrawal",
    "withdrawing", "rejection", "refusal", "lack", "absence", "reduce", "reducing", "reduction", "curb", "curbing",
    "cut", "cutting", "cuts", "denial", "opposition", "failure", "delay", "delaying", "suspension", "suspending",
    "limit", "limiting", "avoid", "avoiding", "combat", "combating", "fight", "fighting", "counter", "countering",
    "repeal", "repealing", "scrap", "scrapping", "abandon", "abandoning", "dismantle", "dismantling", "destroy",
    "destroying", "exclude", "excluding", "defeat", "defeating", "reverse", "reversing", "deny", "denying",
])  # fmt: skip
"""Words that turn what follows into its opposite: an end to the siege, efforts to halt the violence."""

SMALL = DETERMINERS | {"a", "an"}
"""Articles and what stands in their place."""

UNTIL = _set("before until unless")
"""What the clause that limits a refusal begins with."""

CAUSES = _set("rights peace privacy freedom democracy gun climate immigrant immigration health press")
"""What advocates are for, who are people: "rights advocates say"."""

DEEDS = _set(
    "action strike strikes operation operations aid base bases presence campaign exercises intervention assistance "
    "spending equipment personnel support vessels aircraft ships drills buildup force forces cooperation"
)
"""What the military does or has, which it is not: "US military action"."""

HARMS = _set(
    "attack attacks strike strikes assault assaults raid raids bombing bombings bombardment shelling siege blockade "
    "crackdown violation violations threat threats occupation invasion annexation seizure abuse abuses killing "
    "killings sanctions tariffs interference aggression"
)
"""What is done to what follows it: attacks on shipping."""
