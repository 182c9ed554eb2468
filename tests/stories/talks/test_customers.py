"""A customer comes in: greeted in their own language, shown what there is, a person one press away."""

import pytest

from sandbox.people.looking import buttons, words
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import Scene, SetUp

MENU = ["Оплата", "Доставка", "Позвать оператора", "Пожаловаться"]


async def test_a_greeting_with_sections_and_people(scene: Scene) -> None:
    anna = scene.customer("Анна", last_name="Примерова")
    await anna.starts()
    greeting = await anna.sees("Здравствуйте, Анна! Это поддержка.")
    assert buttons(greeting) == MENU


async def test_a_greeting_in_the_customer_s_own_language(scene: Scene) -> None:
    ann = scene.customer("Ann", language="en-GB")
    await ann.starts()
    greeting = await ann.sees("Hello, Ann! This is support.")
    assert buttons(greeting) == ["Payment", "Delivery", "Call an operator", "Complain"]
    await ann.presses("Payment")
    await ann.presses("How do I get a refund?")
    await ann.sees("Ask for it in Orders.")
    assert ann.buttons() == ["That helped", "Call an operator"]


@pytest.mark.parametrize(("desk", "hello"), [("ru", "Здравствуйте"), ("en", "Hello")])
@pytest.mark.parametrize("theirs", ["de", "zh-hans", None])
async def test_never_a_foreign_greeting(set_up: SetUp, desk: str, hello: str, theirs: str | None) -> None:
    async with set_up(desk={"language": desk}) as scene, scene.at_work():
        guest = scene.customer("Kim", language=theirs)
        await guest.starts()
        await guest.sees(f"{hello}, Kim!")


async def test_the_company_is_named(set_up: SetUp) -> None:
    async with set_up(desk={"name": "Ромашка & Ко"}) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.starts()
        await anna.sees("Это поддержка «Ромашка & Ко».")


async def test_a_live_incident_meets_the_customer_at_the_door(scene: Scene) -> None:
    anna, maria = scene.customer("Анна"), scene.manager()
    await maria.says("/broadcast red Не работает вход")
    await maria.presses("Опубликовать")
    await maria.sees("Опубликовано.")
    await anna.starts()
    greeting = await anna.sees("Сейчас известно:")
    assert "Не работает вход" in words(greeting)
    await maria.says("/incidents")
    await maria.presses("Не работает вход")
    await maria.presses("Решено")
    await maria.presses("Опубликовать")
    await maria.sees("Опубликовано.")
    await anna.starts()
    assert "Сейчас известно" not in words(await anna.sees("Здравствуйте"))


async def test_sections_lead_to_answers(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.starts()
    await anna.presses("Оплата")
    section = await anna.sees("Выберите вопрос")
    assert buttons(section) == ["Как вернуть деньги?", "Когда придут деньги за возврат?", "Позвать оператора"]
    await anna.presses("Когда придут деньги за возврат?")
    answer = await anna.sees("Деньги приходят за три дня.")
    assert buttons(answer) == ["Помогло", "Позвать оператора"]


async def test_what_was_picked_in_a_section_is_what_people_get(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts()
    await anna.presses("Доставка")
    await anna.presses("Сколько стоит доставка?")
    await anna.sees("300")
    await anna.presses("Позвать оператора")
    await anna.sees("Передали вопрос людям")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "FAQ предложил: Сколько стоит доставка?")
    await oleg.sees(topic, "Сколько стоит доставка?")


@pytest.mark.parametrize("way", ["button", "command"])
async def test_people_are_called_before_a_word_was_said(scene: Scene, way: str) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts()
    await (anna.presses("Позвать оператора") if way == "button" else anna.says("/operator"))
    called = await anna.sees("Заявка №\u00a01 у операторов.")
    assert "Напишите сюда, что случилось" in words(called)
    topic = await oleg.topic("🔵 Анна")
    await oleg.sees(topic, "Ждёт ответа")
    await anna.says("Курьер перепутал подъезд")
    await oleg.sees(topic, "Курьер перепутал подъезд")
    await anna.says("/operator")
    await anna.sees("Ваша заявка уже у операторов")
    assert len(oleg.topics()) == 1


async def test_people_are_called_with_the_matter_in_the_same_line(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("/operator посылка пришла пустой")
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), "посылка пришла пустой")


async def test_a_complaint_is_answered_in_the_right_order(scene: Scene) -> None:
    anna, oleg, maria = scene.customer("Анна"), scene.operator("Олег"), scene.manager()
    await maria.starts()
    await anna.starts()
    await anna.presses("Пожаловаться")
    said = words(await anna.sees("Спасибо, что сказали об этом"))
    steps = ["Спасибо", "читает руководитель", "Простите", "заявка №\u00a01", "Ответ придёт"]
    places = [said.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)
    topic = await oleg.topic("🔥 Анна")
    await oleg.sees(topic, "🔥 Жалоба")
    await maria.sees("🔥 Жалоба: Анна, заявка №\u00a01")


async def test_a_complaint_with_its_words(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("/complaint курьер нахамил")
    await anna.sees("Спасибо, что сказали об этом")
    await oleg.sees(await oleg.topic("🔥 Анна"), "курьер нахамил")


async def test_an_open_ticket_becomes_a_complaint_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("🔵 Анна")
    await anna.says("/complaint")
    await anna.sees("Жалоба уже у людей, заявка №\u00a01")
    await oleg.sees(topic, "Клиент жалуется, заявка №\u00a01")
    await oleg.sees_kind(topic, "forum_topic_edited")
    assert topic.name == "🔥 Анна"
    await anna.says("/complaint")
    await anna.sees("Ваша заявка уже у операторов")


async def test_a_link_says_what_it_is_about(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.starts("order_123")
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Пришёл по ссылке: order_123")
    await anna.starts("order-456")
    await anna.sees("Здравствуйте")
    await oleg.replies(topic, "/close")
    await anna.sees("Как мы справились?")
    await anna.says("/operator снова я")
    card = await oleg.sees(topic, "№\u00a02 · Анна")
    assert "order" not in words(card)


async def test_a_link_during_a_ticket_reaches_its_card(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_hurry(monkeypatch)
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("/operator здравствуйте")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "Ждёт ответа")
    await anna.starts("order_789")
    await oleg.sees(topic, "Пришёл по ссылке: order_789")


async def test_what_no_link_can_carry_is_not_kept(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("/start " + "ы" * 300)
    await anna.sees("Здравствуйте, Анна")
    await anna.says("/operator")
    card = await oleg.sees(await oleg.topic("Анна"), "№\u00a01 · Анна")
    assert "Пришёл по ссылке" not in words(card)


async def test_a_person_is_one_press_away_on_everything_we_say(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.starts()
    shown = [await anna.sees("Здравствуйте")]
    await anna.says("/help")
    shown.append(await anna.sees("/complaint\u00a0— пожаловаться"))
    await anna.presses("Оплата", on=shown[0])
    shown.append(await anna.sees("Выберите вопрос"))
    await anna.presses("Как вернуть деньги?")
    shown.append(await anna.sees("оформите возврат"))
    await anna.says("деньги")
    shown.append(await anna.sees("Возможно, вы об этом"))
    await anna.says("можно ли вернуть")
    shown.append(await anna.sees("Вы об этом?"))
    await anna.says("/language")
    await anna.presses("Русский")
    shown.append(await anna.sees("говорим по-русски"))
    assert ["Позвать оператора" in buttons(message) for message in shown] == [True] * len(shown)


async def test_a_command_we_do_not_have_gets_help_and_no_ticket(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("/menu")
    await anna.sees("/operator\u00a0— позвать оператора")
    await anna.says("/weather@support_bot")
    await anna.sees("/operator\u00a0— позвать оператора")
    assert oleg.topics() == []
