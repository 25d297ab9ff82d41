"""The intents are plain data, and her side knows each of them."""

from __future__ import annotations

import dataclasses
import pickle
import typing

import pytest

from remotehelp.customer import intents
from remotehelp.customer.session import CustomerSide
from remotehelp.desktop.fake import fake_desktop
from remotehelp.messages import Right
from remotehelp.sentences import sentence
from tests.helpers.joined_openings import profile_in
from tests.helpers.joined_visits import engine_here

SAMPLES = {
    str: "text",
    bool: True,
    int: 7,
    tuple[str, ...]: ("one", "two"),
    Right: Right.VIEW,
    tuple[intents.OwnWindow, ...]: (intents.OwnWindow(1, 2, 3, 4, 5),),
}


def sample(kind: type) -> intents.Intent:
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: SAMPLES[hints[field.name]] for field in dataclasses.fields(kind)})


async def test_her_side_reacts_to_each_and_to_no_other(tmp_path) -> None:
    side = CustomerSide(engine_here(), profile_in(tmp_path / "profile"), fake_desktop, sentence)
    assert set(side._react) == set(intents.Intent.__subclasses__())


@pytest.mark.parametrize("kind", intents.Intent.__subclasses__(), ids=lambda kind: kind.__name__)
def test_each_is_data_that_crosses_threads_and_stays_as_it_is(kind: type) -> None:
    intent = sample(kind)
    assert pickle.loads(pickle.dumps(intent)) == intent  # noqa: S301 - our own bytes
    assert hash(intent) == hash(sample(kind))
    for field in dataclasses.fields(kind):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(intent, field.name, None)
