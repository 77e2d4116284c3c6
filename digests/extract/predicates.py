"""Predicates: a cue of the table with its subject and what follows it, in sentences plain enough for rules.

Says where they are; who the subject is, is decided in speakers.py, and what stance the words show in plain.py.
"""

from dataclasses import dataclass

from digests.extract.clauses import (
    NounPhrase,
    VerbGroup,
    is_verb,
    phrase_after,
    phrase_before,
    plain,
    verb_group,
)
from digests.extract.sentences import Page, Sentence
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import Cue, phrase_cues, verb_cues
from digests.models import Stance


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in a sentence. `phrase` is its subject or agent; None leaves it to the sentence's last subject.

    `shared` tells that the subject is the one of the verb before ("... and called for"), `kind` how it was found:
    verb, participle, passive, adjective, noun, according. `body` is where the content begins (a token).
    """

    sentence: Sentence
    cue: Cue
    group: VerbGroup
    phrase: NounPhrase | None
    kind: str
    body: int
    end: int
    shared: bool = False
    inverted: bool = False


def find_cues(page: Page) -> list[Found]:
    """All cues outside quotation marks, in order."""
    found: list[Found] = []
    for sentence in page.sentences:
        index = sentence.first
        while index < sentence.last:
            hit = None if page.quoted[index] else _cue_at(page, sentence, index)
            if hit is not None:
                found.append(hit)
                index = max(index + 1, hit.group.last)
            else:
                index += 1
    return _bounded(page, found)


def _bounded(page: Page, found: list[Found]) -> list[Found]:
    """Each cue's content ends where the sentence ends, or where the next clause with its own subject begins."""
    bounded = []
    for index, hit in enumerate(found):
        end = hit.end
        for other in found[index + 1 : index + 9]:
            if other.sentence is not hit.sentence:
                break
            if other.kind == "infinitive" and hit.cue.stance is Stance.DEMANDS:
                continue  # "urged China to press Pyongyang" demands that
            start = other.group.first if other.shared or other.phrase is None else other.phrase.first
            if start > hit.body and (other.shared or page.tokens[start - 1].lower in ("while", ";", "but", "and", ",")):
                end = min(end, start)
                break
        bounded.append(
            Found(hit.sentence, hit.cue, hit.group, hit.phrase, hit.kind, hit.body, end, hit.shared, hit.inverted)
        )
    return bounded


def _cue_at(page: Page, sentence: Sentence, index: int) -> Found | None:
    token = page.tokens[index]
    cues = verb_cues().get(token.lower)
    if cues is not None:
        hit = _verb(page, sentence, index, cues)
        if hit is not None:
            return hit
    if token.lower in phrase_cues("nouns"):
        hit = _noun(page, sentence, index)
        if hit is not None:
            return hit
    if token.lower in phrase_cues("adjectives"):
        return _adjective(page, sentence, index)
    if token.lower == "according" and index + 2 < sentence.last and page.tokens[index + 1].lower == "to":
        return _according(page, sentence, index)
    return None


def _verb(page: Page, sentence: Sentence, index: int, cues: tuple[Cue, ...]) -> Found | None:
    group = verb_group(page, sentence, index)
    tokens = page.tokens
    following = tokens[index + 1].lower if index + 1 < sentence.last else ""
    if following == "by" and tokens[index].lower.endswith("ed") and cues[0].stance is not None:
        return _passive(page, sentence, index, cues, group)
    if group.passive:
        return _passive(page, sentence, index, cues, group) if cues[0].stance is not None else None
    cue, last = _choose(page, sentence, index, cues)
    if cue is None:
        return None
    if _is_blamed(page, sentence, index, cue):
        return None
    inverted = _inverted(page, sentence, index, group, cue) if cue.lemma in grammar.SAYING else None
    if inverted is not None:
        whole = VerbGroup(group.first, index, last, group.negated, False, group.hypothetical, False)
        return Found(sentence, cue, whole, inverted, "verb", inverted.last, sentence.last, inverted=True)
    if not is_verb(page, sentence, index, group):
        return None
    whole = VerbGroup(group.first, index, last, group.negated, group.passive, group.hypothetical, group.progressive)
    phrase, kind, shared = _subject(page, sentence, group, index)
    if phrase is not None and _is_open(page, sentence, phrase):
        return None
    if kind == "" or (kind == "infinitive" and cue.stance not in _PURPOSES):
        return None
    return Found(sentence, cue, whole, phrase, kind, last, sentence.last, shared)


_BLAMING = frozenset(["accuse", "blame", "condemn", "denounce", "urge", "press", "criticise", "criticize", "threaten"])
_BLAMED = frozenset(["of", "for", "to", "over", "as", "with", "in"])


def _is_blamed(page: Page, sentence: Sentence, index: int, cue: Cue) -> bool:
    """Whether a participle behind a comma tells what others did: "Russia, accused of war crimes, denied it"."""
    tokens = page.tokens
    if cue.lemma not in _BLAMING or not tokens[index].lower.endswith("ed") or index == sentence.first:
        return False
    return tokens[index - 1].text == "," and index + 1 < sentence.last and tokens[index + 1].lower in _BLAMED


_OPEN = frozenset(["whether", "if", "unless", "until", "once", "lest", "neither", "nor", "none", "do", "does", "did"])
_UNSEEN = frozenset(["sign", "signs", "evidence", "indication", "proof", "guarantee"])


def _is_open(page: Page, sentence: Sentence, phrase: NounPhrase) -> bool:
    """Whether a clause does not say that its subject did it: asked, denied, supposed, or awaited."""
    tokens, first = page.tokens, phrase.first
    before = tokens[first - 1].lower if first > sentence.first else ""
    if {before, tokens[first].lower} & _OPEN:
        return True
    near = {token.lower for token in tokens[max(sentence.first, first - 4) : first]}
    return before == "that" and "no" in near and bool(near & _UNSEEN)


def _choose(page: Page, sentence: Sentence, index: int, cues: tuple[Cue, ...]) -> tuple[Cue | None, int]:
    """The first cue whose particles follow, and the token after them."""
    for cue in cues:
        last = _after(page, sentence, index + 1, cue.after)
        if last is not None:
            return cue, last
    return None, index


def _after(page: Page, sentence: Sentence, index: int, words: tuple[str, ...]) -> int | None:
    """Token after `words`, when they follow `index`; "~" lets up to six words pass. None when they do not."""
    tokens = page.tokens
    if not words:
        return index
    if words[0] == "~":
        wanted = words[1]
        for k in range(index, min(index + 7, sentence.last)):
            if tokens[k].text in grammar.MARKS and tokens[k].text not in '“”"':
                return None
            if wanted in ("to", "not") and tokens[k].lower in ("he", "she", "it", "they", "that", "about"):
                return None
            if tokens[k].lower in ("no", "little"):
                return None  # "expressed no concern"
            if tokens[k].lower == wanted and k > index - (wanted not in ("to", "not")):
                return k + 1 if wanted in grammar.OBJECT_NOUNS else index
        return None
    last = index
    for word in words:
        if last >= sentence.last or tokens[last].lower != word:
            return None
        last += 1
    if words[-1] == "on" and last < sentence.last and tokens[last].lower in grammar.ISSUE_DAYS:
        return None  # "insisted on Monday he would not resign"
    return last


def _inverted(page: Page, sentence: Sentence, index: int, group: VerbGroup, cue: Cue) -> NounPhrase | None:
    """The speaker after the verb: `," said the minister`."""
    tokens = page.tokens
    if group.first != index:
        return None
    before = tokens[index - 1] if index > sentence.first else None
    if before is None or before.text not in ("”", '"', ",", "’", "'", "?", "!"):
        return None
    if before.text == "," and not page.quoted[index - 2] and cue.lemma in _ADDRESSING:
        return None  # "condemned the strike, urged Israel to stop"
    if before.text == "," and not page.quoted[index - 2] and _across(page, sentence, index - 1)[0] is not None:
        return None
    if (
        index + 1 >= sentence.last
        or tokens[index + 1].text in grammar.MARKS
        or tokens[index + 1].lower in grammar.BOUNDARIES
    ):
        return None
    if tokens[index + 1].lower in ("in", "on", "to", "at", "it", "there"):
        return None
    return phrase_after(page, sentence, index + 1)


_ADDRESSING = frozenset(["urge", "ask", "warn", "tell", "remind", "assure", "recall"])
_PURPOSES = frozenset({Stance.DEMANDS, Stance.ACCUSES, Stance.OPPOSES})


def _subject(page: Page, sentence: Sentence, group: VerbGroup, head: int) -> tuple[NounPhrase | None, str, bool]:
    """Subject phrase, how it was found ("" for none), and whether it is shared with the verb before."""
    tokens = page.tokens
    first = group.first
    before = tokens[first - 1] if first > sentence.first else None
    participle = tokens[head].lower.endswith("ing") and not group.progressive
    if before is None:
        return (None, "participle", True) if participle else (None, "", False)
    word = plain(before.lower)
    if word == "to":
        return _purpose(page, sentence, first - 1)
    if participle:
        if word == "and" and _is_another_s(page, sentence, first - 1):
            return None, "", False
        if before.text in grammar.MARKS or word in ("while", "by", "and", "after", "before", "in"):
            return None, "participle", True
        phrase = phrase_before(page, sentence, first)
        return (phrase, "participle", False) if phrase and before.is_capital else (None, "", False)
    if word in ("who", "which", "that", "whom"):
        return _antecedent(page, sentence, first - 1, word), "verb", False
    if word in ("and", "or", "but", "then"):
        return None, "verb", True
    if before.text in (",", "—", "–", ")", "-"):
        return _across(page, sentence, first - 1)
    if before.text in '”"' and page.quoted[first - 1]:
        return _across(page, sentence, first - 1)
    return phrase_before(page, sentence, first), "verb", False


def _is_another_s(page: Page, sentence: Sentence, index: int) -> bool:
    """Whether an "and" joins participles that belong to a noun: "a resolution condemning Israel and demanding"."""
    tokens = page.tokens
    for k in range(index - 1, max(sentence.first, index - 20), -1):
        if tokens[k].text in grammar.MARKS and tokens[k].text not in '-“”"':
            return False
        if tokens[k].lower.endswith("ing") and tokens[k].text.islower() and len(tokens[k].text) > 5:
            before = tokens[k - 1]
            return before.is_word and plain(before.lower) not in grammar.BE | _JOINING
    return False


_JOINING = frozenset(["while", "by", "and", "after", "before", "in", "of", "for", "the", "a", "an", "without"])


def _purpose(page: Page, sentence: Sentence, index: int) -> tuple[NounPhrase | None, str, bool]:
    """ "met the minister to urge": the subject is the sentence's, unless somebody else is told to."""
    before = page.tokens[index - 1].lower if index > sentence.first else ""
    return (None, "infinitive", True) if before not in grammar.TOLD else (None, "", False)


def _antecedent(page: Page, sentence: Sentence, index: int, word: str) -> NounPhrase | None:
    end = index
    while end > sentence.first and page.tokens[end - 1].text in (",", "—", "–"):
        end -= 1
    return _name_before(page, sentence, end, word) or phrase_before(page, sentence, end)


def _name_before(page: Page, sentence: Sentence, end: int, word: str) -> NounPhrase | None:
    """The capitals right before "which": "asked Blinken to press Israel, which refused" leads to Israel."""
    first = end
    while first > sentence.first and page.tokens[first - 1].is_capital:
        first -= 1
    is_inner = page.tokens[first - 1].lower in grammar.PREPOSITIONS | {"of"}  # "a resolution on Ukraine that calls"
    if first == end or (word in ("who", "that") and is_inner):
        return None
    return NounPhrase(first, end, end - 1)


def _explained_name(page: Page, sentence: Sentence, index: int) -> NounPhrase | None:
    """The name between two commas after an office: "its policy chief, Josep Borrell, urged"."""
    tokens = page.tokens
    first = index
    while (
        first > sentence.first
        and index - first < 5
        and (tokens[first - 1].is_capital or tokens[first - 1].lower in en.PARTICLES)
    ):
        first -= 1
    before = tokens[first - 2].lower if first - 2 >= sentence.first else ""
    is_office = before in en.ROLE_NOUNS or before in en.UNNAMED
    if index - first < 2 or tokens[first - 1].text != "," or not is_office:
        return None
    return NounPhrase(first, index, index - 1)


def _across(page: Page, sentence: Sentence, index: int) -> tuple[NounPhrase | None, str, bool]:
    """Subject before an apposition: "Hakan Fidan, the foreign minister, said"."""
    tokens = page.tokens
    explained = _explained_name(page, sentence, index) if tokens[index].text == "," else None
    if explained is not None:
        return explained, "verb", False
    opening = "(" if tokens[index].text == ")" else tokens[index].text
    for k in range(index - 1, max(sentence.first, index - 28), -1):
        if tokens[k].text == opening or (opening == "," and tokens[k].text in "(—"):
            phrase = phrase_before(page, sentence, k)
            if phrase is not None and (
                tokens[phrase.head].is_capital or tokens[phrase.head].lower in ("he", "she", "who")
            ):
                return phrase, "verb", False
            if k < index - 1 and tokens[k].text == ",":
                continue
            break
    return None, "verb", True


def _passive(page: Page, sentence: Sentence, index: int, cues: tuple[Cue, ...], group: VerbGroup) -> Found | None:
    """Holder after "by": "was condemned by Turkey", "accused by Turkey of"."""
    tokens = page.tokens
    cue = next((cue for cue in cues if not cue.after and cue.stance is not None), None)
    if cue is None:
        return None
    for k in range(index + 1, min(index + 10, sentence.last)):
        if tokens[k].text in grammar.MARKS or tokens[k].text == ".":
            return None
        if tokens[k].lower.endswith("ed") and tokens[k - 1].lower not in ("and", "or", ","):
            return None  # "accused of a strike claimed by Hamas"
        if tokens[k].lower == "by":
            phrase = phrase_after(page, sentence, k + 1)
            if phrase is None:
                return None
            end = phrase.last
            for j in range(k + 1, phrase.last):
                if tokens[j].lower in ("of", "for"):
                    phrase, end = NounPhrase(k + 1, j, j - 1), j
                    break
            whole = VerbGroup(group.first, index, index + 1, group.negated, True, group.hypothetical, False)
            return Found(sentence, cue, whole, phrase, "passive", end, sentence.last)
    return None


def _adjective(page: Page, sentence: Sentence, index: int) -> Found | None:
    """ "is sceptical of", "remains opposed to"."""
    tokens = page.tokens
    for cue in phrase_cues("adjectives")[tokens[index].lower]:
        last = _after(page, sentence, index + 1, cue.after)
        group = verb_group(page, sentence, index)
        if last is None or group.first <= sentence.first:
            continue
        words = {plain(tokens[k].lower) for k in range(group.first, index)}
        first = group.first
        if not words & grammar.BE:
            if tokens[first - 1].lower not in grammar.COPULAS:
                continue
            inner = verb_group(page, sentence, first - 1)
            first, words = inner.first, words | {plain(tokens[k].lower) for k in range(inner.first, first)}
        negated = "not" in words or any(word.endswith("n't") for word in words)
        whole = VerbGroup(first, index, last, negated, False, False, False)
        phrase, kind, shared = _subject(page, sentence, whole, first)
        if kind:
            return Found(sentence, cue, whole, phrase, "adjective", last, sentence.last, shared)
    return None


def _noun(page: Page, sentence: Sentence, index: int) -> Found | None:
    """ "Washington's support for", "the U.S. refusal to"."""
    tokens = page.tokens
    for cue in phrase_cues("nouns")[tokens[index].lower]:
        last = _after(page, sentence, index + 1, cue.after)
        if last is None or index <= sentence.first:
            continue
        owner = index - 1
        if tokens[owner].text.islower() and tokens[owner].lower not in ("'s", "’s") and owner - 1 > sentence.first:
            owner -= 1  # one adjective: "Washington's unwavering support for"
        if tokens[owner].lower in ("'s", "’s"):
            phrase = NounPhrase(owner - 1, owner, owner - 1)
        elif tokens[owner].is_capital and tokens[owner].is_word:
            phrase = NounPhrase(owner, owner + 1, owner)
        else:
            continue
        group = VerbGroup(index, index, last, False, False, False, False)
        return Found(sentence, cue, group, phrase, "noun", last, sentence.last)
    return None


_ACCORDING = Cue("according", ("to",), None)


def _according(page: Page, sentence: Sentence, index: int) -> Found | None:
    phrase = phrase_after(page, sentence, index + 2)
    if phrase is None:
        return None
    group = VerbGroup(index, index, index + 2, False, False, False, False)
    return Found(sentence, _ACCORDING, group, phrase, "according", sentence.first, index, inverted=True)
