"""A scale: grades with an average, and words that say why, unless they were a question."""

import csv

from sandbox import Customer, Manager
from sandbox.people.looking import buttons
from tests.stories.conftest import Scene
from tests.stories.delivered.conftest import subscribers
from tests.stories.waiting import comes_true

QUESTION = "Насколько вам удобно платить?"


async def graded(scene: Scene, *grades: str) -> tuple[Manager, list[Customer]]:
    """A scale was put to so many people, and each gave a grade."""
    maria = scene.manager("Мария")
    people = await subscribers(scene, *(f"Клиент {n}" for n in range(len(grades))))
    await maria.says(f"/poll 1-5 {QUESTION}")
    preview = await maria.sees("предложим написать, почему")
    assert "☑️" not in "".join(buttons(preview))
    await maria.presses("Кому: каналу и подписчикам")
    await maria.presses("Кому: только каналу")
    await maria.presses("Опубликовать")
    for person, grade in zip(people, grades, strict=True):
        told = await person.sees(QUESTION)
        assert buttons(told) == ["1", "2", "3", "4", "5", "Отписаться"]
        await person.presses(grade)
        await person.sees("Напишите, почему")
    return maria, people


async def test_words_after_a_grade_say_why(scene: Scene) -> None:
    maria, (anna, boris, vera) = await graded(scene, "2", "5", "4")
    await anna.says("=Слишком много шагов")
    await anna.sees("записали каждое слово")
    await boris.says("Мне нравится, а доставка платная?")  # asks, whatever else it says
    await boris.sees("Доставка стоит 300")
    await vera.says("цена доставки")
    await vera.sees("записали каждое слово")
    await vera.presses("Это новый вопрос")
    await vera.sees("Доставка стоит 300")

    await maria.presses("Комментарии")
    why = await maria.sees("Почему так ответили")
    assert "2\u00a0— =Слишком много шагов" in why["text"]
    assert "доставк" not in why["text"]
    assert "Клиент" not in why["text"]
    await maria.presses("Завершить")
    await maria.presses("Да, завершить")
    assert "Средняя оценка: 3,7" in (await maria.sees("Опрос закончился"))["text"]
    await maria.presses("Скачать таблицу")
    sent = await maria.sees_kind("document", "Голоса в опросе")
    file = scene.world.files.get(sent["document"]["file_id"])
    assert file is not None
    rows = list(csv.reader(file.data.decode("utf-8-sig").splitlines()))
    assert rows[0] == [QUESTION]
    assert ["2", "1", "0", "1", "33"] in rows
    assert ["2", "'=Слишком много шагов"] in rows


async def test_trouble_told_after_a_grade_goes_to_people_too(scene: Scene) -> None:
    maria, (anna,) = await graded(scene, "1")
    oleg = scene.operator("Олег")
    await anna.says("Ничего не работает, деньги списали, а заказа нет")
    topic = await oleg.topic("Клиент 0")
    await oleg.sees(topic, "деньги списали")
    await maria.presses("Комментарии")
    assert "деньги списали" in (await maria.sees("Почему так ответили"))["text"]


async def test_a_vote_taken_back_invites_nothing(scene: Scene) -> None:
    _, (anna,) = await graded(scene, "3")
    await anna.presses("✓ 3")
    assert await comes_true(scene.world, lambda: "✓ 3" not in anna.buttons())
    await anna.says("цена доставки")
    await anna.sees("Доставка стоит 300")
