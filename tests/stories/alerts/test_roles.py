"""Publishers see alerts too, each with the buttons of their role; the group is told for managers."""

from sandbox import Manager
from sandbox.people.looking import buttons
from tests.stories.alerts.conftest import Monitoring, Watched, comes_to_say, posts_in_channel
from tests.stories.forgery import forges, says_of

DRAFTER, PUBLISHER = 1002, 1003
ROLES = {"publishers": {DRAFTER: "draft", PUBLISHER: "publish"}}


async def somebody(monitoring: Monitoring, name: str, telegram_id: int) -> Manager:
    person = monitoring.scene.manager(name, id=telegram_id)
    await person.starts()
    await person.sees("Здравствуйте")
    return person


async def test_who_drafts_opens_the_draft_and_who_publishes_publishes_it(watched: Watched) -> None:
    async with watched(desk=ROLES) as monitoring:
        scene, maria = monitoring.scene, await monitoring.maria()
        vera = await somebody(monitoring, "Вера", DRAFTER)
        petr = await somebody(monitoring, "Пётр", PUBLISHER)
        await monitoring.tells()
        hers, his = await vera.sees("🚨 Не проходят оплаты"), await petr.sees("🚨 Не проходят оплаты")
        assert buttons(hers) == ["Открыть черновик", "Не сейчас"]
        assert buttons(his) == ["Опубликовать", "Открыть черновик", "Не сейчас", "Это не для клиентов"]
        assert "могут только" in (await forges(vera, says_of(his, "Опубликовать"), hers) or "")
        await vera.presses("Открыть черновик", on=hers)
        await vera.sees("Так будет выглядеть новый пост")
        assert await vera.presses("Отправить на публикацию") == "Отправлено"
        asked = await petr.sees("просит это опубликовать")
        assert posts_in_channel(scene) == []
        assert await petr.presses("Опубликовать", on=asked) == "Опубликовано"
        for person, sheet in ((vera, hers), (petr, his), (maria, await maria.sees("🚨 Не проходят оплаты"))):
            await comes_to_say(person, sheet, "Опубликовано: Пётр")
            assert buttons(sheet) == []
        assert len(posts_in_channel(scene)) == 1


async def test_where_it_takes_two_nobody_is_offered_to_publish_alone(watched: Watched) -> None:
    async with watched(desk={**ROLES, "two_person": "always"}) as monitoring:
        petr = await somebody(monitoring, "Пётр", PUBLISHER)
        maria = await monitoring.maria()
        await monitoring.tells(severity="warning")
        for person in (maria, petr):
            sheet = await person.sees("🚨 Не проходят оплаты")
            assert buttons(sheet) == ["Открыть черновик", "Не сейчас", "Это не для клиентов"]
            assert "нужен второй человек" in sheet["text"].replace("\u00a0", " ")


async def test_only_managers_are_told_in_the_group(watched: Watched) -> None:
    async with watched(desk=ROLES) as monitoring:
        oleg, maria = monitoring.scene.operator("Олег"), await monitoring.maria()
        await monitoring.tells("Не открывается каталог", component="login")
        await maria.sees("🚨 Не открывается каталог")
        await maria.blocks()
        await monitoring.tells("Не проходят оплаты")
        await oleg.sees(None, "🚨 Не проходят оплаты")
        assert [each for each in await oleg.reads(None) if "каталог" in each.get("text", "")] == []


async def test_what_she_was_writing_is_not_lost_by_a_press(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    await maria.says("/broadcast yellow Каталог открывается медленно")
    writing = await maria.sees("Так будет выглядеть новый пост")
    await monitoring.tells()
    sheet = await maria.sees("🚨 Не проходят оплаты")
    assert await maria.presses("Опубликовать", on=sheet) == "Опубликовано"
    assert await maria.presses("Опубликовать", on=writing) == "Опубликовано"
    assert len(posts_in_channel(monitoring.scene)) == 2


async def test_nor_where_it_takes_two(watched: Watched) -> None:
    async with watched(desk={**ROLES, "two_person": "always", "managers": [1001, 1005]}) as monitoring:
        maria, boris = await monitoring.maria(), await somebody(monitoring, "Борис", 1005)
        await maria.says("/broadcast yellow Каталог открывается медленно")
        writing = await maria.sees("Каталог открывается медленно")
        await monitoring.tells(severity="warning")
        sheet = await maria.sees("🚨 Не проходят оплаты")
        for _ in range(2):
            await maria.presses("Открыть черновик", on=sheet)
            preview = await maria.sees("Оплата: возможны перебои")
        await maria.presses("Отправить на одобрение", on=preview)
        asked = await boris.sees("просит это опубликовать")
        await boris.presses("Отклонить", on=asked)
        await boris.sees("Почему?")
        await boris.says("Это учения")
        await maria.sees("Это учения")
        assert await maria.presses("Отправить на одобрение", on=writing) == "Отправлено"
        asked = await boris.sees("Каталог открывается медленно")
        assert await boris.presses("Опубликовать", on=asked) == "Опубликовано"
        assert len(posts_in_channel(monitoring.scene)) == 1
