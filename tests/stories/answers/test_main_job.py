"""The product's main job: a question, an answer or a person, a reply, a close, a rating."""

from tests.stories.conftest import Scene


async def test_the_faq_answers_when_it_is_sure(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.starts()
    await anna.sees("Здравствуйте, Анна")
    await anna.says("как вернуть деньги")
    await anna.sees("оформите возврат в разделе «Заказы»")
    assert await anna.presses("Помогло") == "Рады, что помогло!"
    oleg = scene.operator("Олег")
    assert oleg.topics() == []


async def test_a_question_travels_to_people_and_back_and_is_rated(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts()
    await anna.says("почему мой зонтик поёт по ночам?")
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "почему мой зонтик поёт по ночам?")
    await oleg.replies(topic, "Это особенность модели")
    await anna.sees("Это особенность модели")
    await oleg.replies(topic, "/close")
    await anna.sees("Как мы справились?")
    await anna.presses("5 — Вау!")
    await anna.sees("5 — Вау!")
    await anna.says("Спасибо!")
    await anna.sees("записали каждое слово")
