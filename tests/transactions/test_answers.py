"""Limits of what a shopper may send, before anything is composed."""

import pytest

from spiff.composing.answers import Answer, Placement
from spiff.errors import Invalid
from spiff.transactions.answers import changed


@pytest.mark.parametrize(
    "answer",
    [
        Answer(seed=4_294_967_295),
        Answer(customise_all_text=True),
        Answer(placement=Placement(x=0.5, zoom=2.0)),
        Answer(colors={f"slot-{number}": "#ffcc00" for number in range(64)}),
        Answer(variant_ids=("pocket", "card")),
        Answer(url="https://kiln.example/" + "a" * 900),
    ],
)
def test_answers_of_every_kind_pass_within_their_limits(answer: Answer) -> None:
    assert changed({}, {"step": answer}) == {"step": answer}


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer(url="https://kiln.example/" + "a" * 1000), "url"),
        (Answer(upload="a" * 101), "upload"),
        (Answer(variant_ids=tuple(map(str, range(101)))), "variantIds"),
        (Answer(colors={str(number): "red" for number in range(101)}), "colors"),
    ],
)
def test_answers_beyond_their_limits_are_refused_by_name(answer: Answer, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        changed({}, {"step": answer})

    assert refusal.value.errors[0]["pointer"] == f"/answers/step/{field}"
