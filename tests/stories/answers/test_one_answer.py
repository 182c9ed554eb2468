"""Two entries with one answer: a customer need not choose between them, and a manager may join them."""

from sandbox.people.looking import buttons, words
from tests.stories.conftest import FAQ, SetUp

SOON = "Привезём за 2–4 дня."
BOTH = f"""
- id: post
  question: {{ru: "Сколько ждать доставку?", en: "How long is the delivery?"}}
  phrasings: {{ru: [через сколько дней придёт посылка]}}
  answer: {{ru: "{SOON}", en: "Two to four days."}}
- id: courier
  question: {{ru: "Доставку ждать сколько?", en: "The delivery takes how long?"}}
  phrasings: {{ru: [посылка придёт через сколько дней]}}
  answer: {{ru: "<b>Привезём</b> за 2–4 дня.", en: "Two to four days."}}
- id: office
  question: {{ru: "Где ваш офис?", en: "Where is your office?"}}
  answer: {{ru: "На Мира, 1.", en: "Mira street, 1."}}
"""


async def test_no_choice_is_offered_between_two_questions_with_one_answer(set_up: SetUp) -> None:
    async with set_up(desk={"faq_sure": 1.0, "faq_unsure": 0.0}) as scene:
        scene.faq.write_text(FAQ + BOTH, "utf-8")
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.says("сколько дней ждать посылку")
            choice = await anna.sees("позовите оператора")
            shown = [*words(choice).splitlines(), *buttons(choice)]
            assert len({"Сколько ждать доставку?", "Доставку ждать сколько?"} & set(shown)) == 1
            assert {"Когда придут деньги за возврат?", "Сколько стоит доставка?"} <= set(shown)


async def test_the_digest_says_which_two_are_one(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.faq.write_text(FAQ + BOTH, "utf-8")
        async with scene.at_work():
            maria = scene.manager()
            await maria.starts()
            await maria.says("/faq digest")
            told = words(await maria.sees("объедините их"))
            assert "«Доставку ждать сколько?» и\u00a0«Сколько ждать доставку?»\u00a0— ответ один" in told
