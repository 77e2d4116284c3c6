# ruff: noqa: E501
"""Languages told apart; English texts are never taken for anything else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.languages.identify import identify
from tests import evaldata

SAID = {
    "en": "The ministers of both countries met on Monday, but they did not say when the talks will go on.",
    "fr": "Les ministres des deux pays se sont réunis lundi, mais ils n'ont pas dit quand les pourparlers vont reprendre.",
    "de": "Die Minister der beiden Länder haben sich am Montag getroffen, aber nicht gesagt, wann die Gespräche weitergehen.",
    "es": "Los ministros de los dos países se reunieron el lunes, pero no dijeron cuándo se reanudan las conversaciones.",
    "pt": "Os ministros dos dois países se reuniram na segunda-feira, mas não disseram quando as conversas vão continuar.",
    "it": "I ministri dei due paesi si sono incontrati lunedì, ma non hanno detto quando riprendono i colloqui della pace.",
    "nl": "De ministers van de twee landen hebben elkaar maandag ontmoet, maar ze zeiden niet wanneer het overleg doorgaat.",
    "tr": "İki ülkenin bakanları pazartesi günü bir araya geldi ve görüşmeler için yeni bir tarih de olarak verilmedi.",
    "pl": "Ministrowie obu krajów spotkali się w poniedziałek, ale nie powiedzieli, że to jest koniec rozmów na ten temat.",
    "ro": "Miniștrii din cele două țări s-au întâlnit luni, dar nu au spus când sunt reluate discuțiile pentru pace și ce vor.",
    "id": "Para menteri dari dua negara itu bertemu pada hari Senin, tetapi mereka tidak akan mengatakan kapan dialog ini.",
    "hu": "A két ország miniszterei hétfőn találkoztak, de nem mondták meg, hogy mikor lesz a tárgyalás, és az is kérdés már.",
    "vi": "Các bộ trưởng của hai nước đã gặp nhau và không cho biết khi nào những cuộc đàm phán này được nối lại với họ.",
    "ru": "Министры двух стран встретились в понедельник.",
    "uk": "Міністри двох країн зустрілися в понеділок, і їхні переговори тривають.",
    "ar": "التقى وزراء البلدين يوم الاثنين ولم يقولوا متى",
    "fa": "وزیران دو کشور روز دوشنبه دیدار کردند و نگفتند گفتگوها چه زمانی پیگیری می‌شود",
    "he": "שרי שתי המדינות נפגשו ביום שני ולא אמרו מתי",
    "zh": "两国部长于星期一会面，但没有说明会谈何时继续进行，双方也没有发表声明。",
    "ja": "両国の大臣は月曜日に会談したが、協議がいつ再開されるかは明らかにしなかった。",
    "ko": "양국 장관은 월요일에 만났지만 회담이 언제 재개될지는 밝히지 않았다.",
    "hi": "दोनों देशों के मंत्री सोमवार को मिले लेकिन उन्होंने नहीं बताया",
    "el": "Οι υπουργοί των δύο χωρών συναντήθηκαν τη Δευτέρα",
}


@pytest.mark.parametrize("language", SAID)
def test_a_sentence_is_known_by_its_language(language):
    assert identify(SAID[language]) == language


@pytest.mark.parametrize(
    "text", ["", "Gaza", "NATO, EU, UN: Blinken, Fidan", "1 2 3 4 5", "www.harbour.example", "de la"]
)
def test_what_is_too_little_to_tell_is_left_open(text):
    assert identify(text) is None


def test_an_english_text_with_foreign_names_stays_english():
    text = "Le Monde and Der Spiegel said that El País and La Repubblica had asked for the same papers from the court."
    assert identify(text) == "en"


@given(st.text(max_size=500))
def test_any_text_has_a_known_language_or_none(text):
    found = identify(text)
    assert found is None or len(found) == 2


def test_english_titles_in_a_text_of_another_language_do_not_make_it_english():
    text = (
        "Der Minister las nach der Sitzung aus „Under the Volcano“ und „On the Road“ vor, zwei Büchern, die er schon als "
        "Schüler mochte, und sagte den Journalisten, dass die Gespräche am Montag in der Hauptstadt weitergehen sollen."
    )
    assert identify(text) == "de"


def test_a_text_in_one_of_many_languages_is_not_english():
    text = (
        "Molempien maiden ministerit tapasivat maanantaina mutta eivät kertoneet milloin neuvottelut jatkuvat. "
        "Hallitus vaatii vankien vapauttamista ja toinen osapuoli torjui vaatimuksen heti keskustelujen jälkeen."
    )
    assert identify(text) == "fi"
    assert identify(text[:60]) is None


def test_no_english_article_at_hand_is_taken_for_another_language():
    lines = (evaldata.folder("data") / "stories" / "conflict_dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert {identify(f"{record['title']}\n{record['text']}") for record in records} == {"en"}


def test_no_beginning_of_an_article_at_hand_is_taken_for_another_language():
    lines = (evaldata.folder("data") / "stories" / "conflict_dev.jsonl").read_text(encoding="utf-8").splitlines()
    starts = [f"{record['title']}\n{record['text']}"[:200] for record in map(json.loads, lines)]
    assert sum(identify(start) not in ("en", None) for start in starts) <= len(starts) / 400
