"""English verbs that follow "to" in the news, and how they become gerunds: "come" and "coming".

Words only: what is made of them is decided in digests/extract and en_stances.py.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PLAIN = _set(
    "seize derail de-escalate prioritise prioritize boost correct apologise target pursue abide accelerate accept "
    "acknowledge acquire act adapt add adhere adopt allow announce apologise apologize appoint approve arrest "
    "assist assume attend authorise authorize avoid be become begin bolster bomb break bring broaden build buy "
    "carry cease choose clear collaborate come commit compensate complete comply condemn consider construct consult "
    "contain continue contribute convene convince cooperate co-operate coordinate create decide declare deepen "
    "defend defuse deliver demolish deny deploy destroy detain develop disarm disband disclose discuss dismantle "
    "dispatch disrupt do eliminate embrace enable encourage enforce engage enhance ensure enter eradicate escalate "
    "establish evacuate examine exclude exercise exert expand expel explain export explore extend extradite "
    "facilitate finance find finish follow free fulfil fulfill gain get give go grant guarantee halt hand harbour "
    "harbor have help hold honour honor host identify implement import impose improve include increase inspect "
    "intensify intervene introduce investigate invest invite join keep kill launch lead leave legalise lend let "
    "liberate lift listen lower maintain make meet mediate mobilise mobilize modernise move negotiate normalise "
    "normalize notify obey observe occupy oppose organise organize overcome overhaul oversee overthrow participate "
    "pass pay persuade postpone prepare preserve press prevent proceed prosecute protect prove provide publish "
    "punish pull push put quit raise ratify reach read reaffirm rebuild receive recognise recognize reconsider "
    "reconstruct recover reduce reform refrain regulate reinstate reject relocate rely remain remove renew reopen "
    "repatriate repay repeal replace resign resist resolve respect respond restart restore restrain restrict resume "
    "retake retain rethink retaliate reverse revise revive revoke safeguard save scale scrap secure see seek sell "
    "send sentence settle sever show shun shut sign simplify sit slow speak spend stabilise stabilize stand start "
    "stay step stick stop strengthen submit surrender suspend sustain swear take talk tell terminate think throw "
    "tighten treat try turn uphold upgrade use vacate veto void wage wait walk welcome widen win withdraw withhold "
    "work write attack ban block boycott call change close cut drop end face fight flow fund open pause pressure "
    "return review rule share stem strike support supply target train travel visit vote arm bar bear beat check "
    "count double drill drive fire fix fly force lay live look pursue put question recall reset run set store "
    "tackle tolerate track transfer escort evict answer"
)
"""Base forms."""

NOUN_TOO = _set(
    "act attack ban bar block bomb boycott break call change check count cut double drill drive drop embrace end "
    "escort exercise export face fight fire flow force free fund halt hand help hold host import increase invite "
    "launch lead move pass pause pay press pressure push question raise read recall reform release respect return "
    "review rule run sentence set share show slow stand start stem step stop store strike supply support surrender "
    "talk target track train transfer travel treat turn upgrade use veto visit void vote wage walk welcome win work "
    "answer arm assist close clear complete lower open secure aid trade plan deal transit"
)
"""Base forms that are nouns or adjectives as often: only the word after them tells."""

_DOUBLED = _set(
    "get let put set cut stop step run begin bar ban sit commit scrap drop quit win forget permit refer admit shut "
    "slap cap transfer reset fulfil "
    "prefer plan stem submit control travel cancel compel expel repel rebel shun"
)
_NOT_DOUBLED = _set("travel")


def gerund(verb: str) -> str:
    """The gerund of a base form: "cut" is "cutting", "tie" is "tying"."""
    word = verb.lower()
    if word in _DOUBLED - _NOT_DOUBLED:
        return word + word[-1] + "ing"
    if word == "be" or word.endswith(("ee", "oe", "ye")):
        return word + "ing"
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e"):
        return word[:-1] + "ing"
    return word + "ing"


def base_of(form: str) -> str | None:
    """The base form of a verb in -s ("gives"), or None when it is none that is known here."""
    word = form.lower()
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + instead in PLAIN:
            return word[: -len(ending)] + instead
    return "have" if word == "has" else None


_PASTS = {
    "sent": "send", "held": "hold", "met": "meet", "gave": "give", "withdrew": "withdraw", "cut": "cut", "made": "make",
    "took": "take", "began": "begin", "left": "leave", "fought": "fight", "built": "build", "broke": "break",
    "struck": "strike", "sold": "sell", "bought": "buy", "brought": "bring", "sought": "seek", "chose": "choose",
    "won": "win", "kept": "keep", "led": "lead", "spent": "spend", "froze": "freeze", "overthrew": "overthrow",
    "shut": "shut", "flew": "fly", "drove": "drive", "threw": "throw", "wrote": "write", "sentenced": "sentence",
}  # fmt: skip
_ACTS = _set(
    "sanction designate nominate freeze blacklist indict charge pardon cancel invade shell rename raid revamp unveil "
    "issue reimpose downgrade delay order outlaw criminalise criminalize exempt waive shelve ditch axe dismiss oust "
    "cap slash deport slap"
)


def act(form: str) -> str | None:
    """The gerund of a verb that does something to what stands behind it ("closing" of "closed"), or None."""
    word = form.lower()
    bases = [_PASTS.get(word, ""), base_of(word) or "", word]
    if word.endswith("ed"):
        bases += [word[:-2], word[:-1], f"{word[:-3]}y" if word.endswith("ied") else "", word[:-3]]
    elif word.endswith("ing"):
        bases += [word[:-3], word[:-3] + "e", word[:-4]]
    elif word.endswith("s"):
        bases += [word[:-1], word[:-2]]
    found = next((base for base in bases if base in PLAIN or base in _ACTS), None)
    return None if found is None or found in _SAYING else gerund(found)


_SAYING = _set(
    "announce tell speak explain answer talk call see think find do be have listen understand seem get commit guarantee"
)

AFTER_VERB = _set(
    "a an the its his her their our your this that these those all any both each every more no some such it them "
    "him us me you itself themselves up out down off away back into forward ahead together further again not one two "
    "three"
)
"""Words that follow a verb and never a noun."""


def is_verb_phrase(phrase: str) -> bool:
    """Whether a phrase opens with a base form: "cut off oil", "end the war", but not "end to the war"."""
    words = phrase.split()
    if not words or (words[0] not in PLAIN and words[0] not in NOUN_TOO):
        return False
    if words[0] not in NOUN_TOO:
        return True
    if len(words) == 1:
        return False
    is_doing = words[0] == "stop" and words[1].endswith("ing")
    return is_doing or words[1].lower() in AFTER_VERB or words[1][0].isupper() or words[1][0].isdigit()
