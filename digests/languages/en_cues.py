# ruff: noqa: E501 -- one cue pattern is one line
"""English cues: the verbs, adjectives and nouns that report words and show stances, with their forms.

A line is `lemma particle...`: the particle must follow ("call for"); `~` stands for up to five words between the verb
and the particle ("call ~ on"). The stance of a cue is what it shows of its subject unless negation turns it.
"""

from dataclasses import dataclass
from functools import lru_cache

from digests.models import Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb with the words that must follow it, and the stance it shows (None: it only reports)."""

    lemma: str
    after: tuple[str, ...]
    stance: Stance | None


REPORTING = """
say; tell; add; note; state; write; tweet; announce; declare; explain; argue; claim; continue; report; acknowledge;
suggest; respond; reply; recall; admit; reveal; conclude; observe; remark; assert; maintain; contend; believe; think;
know;
confirm; indicate; show; find; predict; estimate; expect; hope; want; stress; emphasise; emphasize; reiterate;
repeat; insist;
warn; ask; describe; concede; testify; joke; recount; point out; read; quote; post; comment; mention; learn; feel; see;
figure; assure; remind; promise; plan; seek; call; declared; underline; underscore; appear; seem; decide; consider;
hint; signal
"""

STANCES: dict[Stance, str] = {
    Stance.SUPPORTS: """support; back; endorse; welcome; praise; hail; applaud; defend; favour; favor; commend; laud;
        champion; stand by; stand with; side with; salute; embrace; thank; agree with; congratulate; express support;
        express hope; voice support; reaffirm support; vote for; justify; tout; celebrate; approve; stand behind;
        express gratitude; express appreciation;
        express sympathy; express optimism; voice optimism; come out in; express solidarity; offer condolences;
        express confidence; credit; look forward""",
    Stance.OPPOSES: """come out against; speak out against; oppose; object to; object; criticise; criticize;
    disagree with; vote against; protest; protest against; decry;
        lament; slam; blast; take issue with; express opposition; voice opposition; express anger; express frustration;
        express dissatisfaction; express outrage; express disappointment; assail; deplore; rail against; bemoan;
        complain; warn against; rebuke;
        chide; ridicule; mock; lambaste; lambast; regret; express regret; caution against; campaign against; scold;
        scoff at; lash out at""",
    Stance.DEMANDS: """demand; urge; call for; call on; call upon; appeal for; appeal to; insist on;
    press for;
        press ~ to; pressure; implore; beg; exhort; ask ~ to; ask for; request; push for; lobby for; advocate;
        advocate for; plead for; plead with;
        order ~ to; want ~ to; petition; require; instruct; encourage; tell ~ to; renew ~ call; reiterate ~ call;
        press; warn ~ to; warn ~ not; stress ~ need;
        emphasise ~ need; emphasize ~ need; emphasize ~ importance; stress ~ importance; recommend; issue ~ call;
        challenge ~ to""",
    Stance.REJECTS: """reject; refuse; rule out; decline; veto; turn down; block; spurn; rebuff; boycott; resist;
        withdraw from; pull out; walk out; quit; bar; ban; scrap; brush off; brush aside; snub; shun; cancel;
        suspend; abandon; shrug off; abstain""",
    Stance.ACCUSES: """accuse; blame; condemn; denounce; hold ~ responsible; hold ~ accountable; allege; lash out; fault; castigate;
        vilify; excoriate; brand; implicate; point ~ finger; attribute ~ to""",
    Stance.DENIES: """deny; dismiss; refute; dispute; rebut; disavow; disown; contradict""",
    Stance.PROPOSES: """propose; offer; put forward; suggest; invite; float; volunteer; offer ~ to; table; unveil""",
    Stance.COMMITS: """pledge; promise; vow; agree; accept; swear; undertake; sign; impose; expel;
    recall ~ ambassador; sanction; ratify;
        slap; announce ~ sanctions; deploy; freeze; approve; authorise; authorize; commit to; agree to; designate;
        blacklist; cut ~ ties; sever; fire; mobilise; mobilize; recognise; recognize""",
    Stance.THREATENS: """threaten; vow ~ retaliate; vow ~ respond; vow ~ revenge; vow ~ strike; warn ~ consequences;
    warn ~ retaliation; threaten to;
        vow ~ avenge; vow ~ destroy; vow retaliation; vow revenge; vow ~ retaliation""",
    Stance.DOUBTS: """doubt; question; fear; worry; express concern; express concerns; voice concern; voice concerns;
    raise concerns;
        express doubt; express doubts; express ~ concern; voice ~ concern; cast doubt; raise questions; raise doubts;
        express scepticism; express skepticism;
        express alarm; express fear; express fears; voice fears; wonder; warn""",
}

ADJECTIVES: dict[Stance, str] = {
    Stance.SUPPORTS: """supportive of; in favour of; in favor of; happy with; pleased with; grateful to;
    grateful for; hopeful; proud of;
        confident; glad; encouraged by; optimistic""",
    Stance.OPPOSES: """opposed to; against; critical of; angry at; angry about; unhappy with; unhappy about;
    frustrated by; frustrated with;
        outraged by; outraged at; disappointed by; disappointed with; disappointed in; furious at; dismayed by;
        appalled by; wary of""",
    Stance.REJECTS: """unwilling to; reluctant to; not willing to; not ready to; not prepared to""",
    Stance.PROPOSES: """ready to; willing to; prepared to; open to""",
    Stance.COMMITS: """committed to; determined to""",
    Stance.DOUBTS: """sceptical of; skeptical of; sceptical about; skeptical about; concerned about; concerned that;
    concerned by;
        worried about; worried that; alarmed by; alarmed at; doubtful; sceptical that; skeptical that; unsure;
        deeply concerned; gravely concerned""",
}
"""After a form of be, seem, appear, remain, sound."""

NOUNS: dict[Stance, str] = {
    Stance.SUPPORTS: "support for; backing for; praise for; defence of; defense of; endorsement of",
    Stance.OPPOSES: "opposition to; criticism of; objections to; anger at; anger over; objection to",
    Stance.DEMANDS: "call for; calls for; demand for; demands for; appeal for; demand that; request for; insistence on; insistence that",
    Stance.REJECTS: "refusal to; rejection of; refusal of",
    Stance.ACCUSES: "condemnation of; accusation that; allegation that; claims that",
    Stance.THREATENS: "threat to; threats to; threat of",
    Stance.COMMITS: "pledge to; promise to; commitment to; vow to",
    Stance.DOUBTS: "concern about; concerns about; concerns over; doubts about; skepticism about; scepticism about",
    Stance.PROPOSES: "proposal to; proposal for; offer to; offer of",
    Stance.DENIES: "denial of; denials of; denial that",
}
"""After a possessor: "Washington's support for"."""

CONTENT: tuple[tuple[Stance, str], ...] = (
    (
        Stance.REJECTS,
        r"\b(?:we|I|he|she|they|it)(?: simply| certainly)? (?:will|would|shall|can) (?:not|never)\b|\b(?:we|I|he|she|they|it) (?:won['’]t|wouldn['’]t|can ?not|can['’]t accept|refuse)|\bwill (?:not|never) (?:accept|allow|tolerate|agree|negotiate|recogni[sz]e|stop|let|permit|be intimidated|surrender|yield)|\b(?:will not|won['’]t)\b|\bnot (?:going to|willing to|prepared to|interested in)\b|\bno intention of\b|\brejects?\b|\bnot negotiable\b|\bnon-negotiable\b|\bruled? out\b|\bout of the question\b",
    ),
    (
        Stance.DENIES,
        r"\b(?:is|are|was|were) (?:simply |just |totally |completely |utterly |absolutely |categorically )?(?:false|untrue|not true|nonsense|fabricated|baseless|a lie|lies|ridiculous|absurd)\b|\b(?:nothing to do with|no evidence|no involvement|no knowledge|did not (?:do|happen|use|carry)|didn['’]t (?:do|happen)|fake news|no truth|unfounded|never happened|hoax)",
    ),
    (
        Stance.THREATENS,
        r"\b(?:consequences|retaliat\w+|will respond|pay (?:a|the) (?:heavy |high )?price|all options|on the table|revenge|avenge|will be held|will strike|crush\w*|reprisals?|will face|fire and fury|decisive response|strong response|will be destroyed|obliterat\w+)\b",
    ),
    (
        Stance.ACCUSES,
        r"\b(?:massacres?|war crimes?|terroris[tm]\w*|genocide|atrocit\w+|crimes? against|barbari[ct]\w*|brutal\w*|murder\w*|aggress\w+|lying|lied|liars?|guilty|responsible for|to blame|blame[sd]?|violat\w+|criminals?|slaughter\w*|hypocri\w+|betray\w+|corrupt\w*|regime|occupation|oppress\w*|propaganda|provocati\w+|heinous|cowardly|thugs?|inhuman\w*|illegal(?:ly)?|failed to)\b",
    ),
    (
        Stance.DEMANDS,
        r"\b(?:must|should|need(?:s|ed)? to|ha(?:s|ve) to|ought to|demand\w*|urge\w*|call(?:s|ing|ed)? (?:for|on|upon)|we want|I want|want(?:s|ed)? (?:to see|the|them|him|her)|appeal(?:s|ed|ing)?|we ask|please|it is time|it['’]s time|let['’]?s|insist\w*|requires?|essential|necessary|imperative|need for)\b",
    ),
    (
        Stance.DOUBTS,
        r"\b(?:concern(?:s|ed|ing)?|worr(?:y|ied|ies|ying|isome)|doubt\w*|unlikely|[sc]k?eptical|not sure|don['’]t know|unclear|questions?|fear(?:s|ed|ful)?|troubl\w+|alarm\w*|uncertain\w*|afraid|risk(?:s|y|ing)?|suspicious|premature|don['’]t (?:believe|think|trust)|do not believe)\b",
    ),
    (
        Stance.OPPOSES,
        r"\b(?:unacceptable|disgrac\w+|mistake\w*|wrong|shame\w*|dangerous\w*|disappoint\w*|fail(?:ure|ed|s|ing)?|terrible|bad|worse|worst|weak\w*|outrage\w*|undermin\w+|harm\w*|irresponsible|unfair|unjust\w*|illegitimate|disaster\w*|disturb\w+|oppose[sd]?|regret\w*|appeas\w+|reckless\w*|counterproductive|sad|tragic|horrible|foolish|naive|stupid|deplorable|embarrass\w+|useless|misguided)\b",
    ),
    (
        Stance.PROPOSES,
        r"\b(?:we offer|ready to|prepared to|willing to|open to|propos\w+|offer(?:s|ed|ing)?|mediat\w+|suggest(?:s|ed)?|invit\w+)\b",
    ),
    (
        Stance.COMMITS,
        r"\b(?:(?:we|I|he|she|they|it)(?:['’]re| are|['’]m| am)? (?:will|shall|intend|plan|going to|would)|(?:we|I|they)['’]ll|committed to|pledge\w*|promis\w+|commitment|vow\w*|agreed|determined|continue to|resolve[sd]?|ensure|is going to|will continue)\b",
    ),
    (
        Stance.SUPPORTS,
        r"\b(?:welcome[sd]?|proud|grateful|great|good|important|right (?:thing|decision|to)|support\w*|applaud\w*|thank\w*|hope(?:s|d|ful)?|success\w*|positive|progress|historic|appreciat\w+|honou?r\w*|excellent|commend\w*|solidarity|friend\w*|ally|peace|strong\w*|best|justified|opportunity|back(?:s|ed)|confiden\w+|glad|happy|better|tremendous|wonderful|brave|courag\w+|victory|legitimate|defend\w*)\b",
    ),
)
"""What words inside a statement show of the speaker's stance, first match first."""

_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote writing written", "think": "thinks thought thinking",
    "know": "knows knew knowing known", "find": "finds found finding", "show": "shows showed showing shown", "see": "sees saw seeing seen",
    "feel": "feels felt feeling", "seek": "seeks sought seeking", "hold": "holds held holding", "stand": "stands stood standing",
    "put": "puts putting", "take": "takes took taking taken", "cut": "cuts cutting", "swear": "swears swore swearing sworn",
    "withdraw": "withdraws withdrew withdrawing withdrawn", "quit": "quits quitting", "cast": "casts casting", "beg": "begs begged begging",
    "bar": "bars barred barring", "ban": "bans banned banning", "slam": "slams slammed slamming", "scrap": "scraps scrapped scrapping",
    "commit": "commits committed committing", "rebut": "rebuts rebutted rebutting", "deny": "denies denied denying", "worry": "worries worried worrying",
    "undertake": "undertakes undertook undertaking undertaken", "plan": "plans planned planning", "admit": "admits admitted admitting",
    "snub": "snubs snubbed snubbing", "shun": "shuns shunned shunning", "slap": "slaps slapped slapping", "expel": "expels expelled expelling",
    "sever": "severs severed severing", "read": "reads reading", "rebuff": "rebuffs rebuffed rebuffing", "freeze": "freezes froze freezing frozen",
    "come": "comes came coming", "speak": "speaks spoke speaking spoken",
    "give": "gives gave giving given", "go": "goes went going gone", "make": "makes made making", "get": "gets got getting",
}  # fmt: skip


def _regular(lemma: str) -> list[str]:
    if lemma.endswith("e"):
        return [lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return [lemma + "es", lemma + "ed", lemma + "ing"]
    return [lemma + "s", lemma + "ed", lemma + "ing"]


def forms(lemma: str) -> list[str]:
    """All forms of a verb, the lemma first."""
    return [lemma, *(_IRREGULAR[lemma].split() if lemma in _IRREGULAR else _regular(lemma))]


def _lines(text: str) -> list[list[str]]:
    return [part.split() for part in text.replace("\n", " ").split(";") if part.strip()]


@lru_cache(maxsize=1)
def verb_cues() -> dict[str, tuple[Cue, ...]]:
    """Every form of every cue verb -> its cues, the most particular first."""
    index: dict[str, list[Cue]] = {}
    for stance, text in [*STANCES.items(), (None, REPORTING)]:
        for lemma, *after in _lines(text):
            cue = Cue(lemma, tuple(after), stance)
            for form in forms(lemma):
                index.setdefault(form, []).append(cue)
    return {
        form: tuple(sorted(cues, key=lambda cue: (-len(cue.after), cue.stance is None))) for form, cues in index.items()
    }


@lru_cache(maxsize=1)
def verb_forms() -> frozenset[str]:
    """Every form of every cue verb, in lower case."""
    return frozenset(verb_cues())


@lru_cache(maxsize=2)
def phrase_cues(which: str) -> dict[str, tuple[Cue, ...]]:
    """First word -> cues of the adjectives ("adjectives") or nouns ("nouns")."""
    table = ADJECTIVES if which == "adjectives" else NOUNS
    index: dict[str, list[Cue]] = {}
    for stance, text in table.items():
        for lemma, *after in _lines(text):
            index.setdefault(lemma, []).append(Cue(lemma, tuple(after), stance))
    return {word: tuple(cues) for word, cues in index.items()}
