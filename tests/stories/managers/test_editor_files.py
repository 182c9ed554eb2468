"""A manager takes the knowledge base out as a file, changes it, brings it back, and tries phrases out."""

from sandbox import Manager
from sandbox.chats import Message
from tests.stories.conftest import FAQ, Scene
from tests.stories.waiting import newcomers_hear


def bytes_of(scene: Scene, message: Message) -> bytes:
    stored = scene.world.files.get(message["document"]["file_id"])
    assert stored is not None
    return stored.data


async def exports(scene: Scene, maria: Manager) -> bytes:
    await maria.says("/faq export")
    document = await maria.sees_kind("document")
    assert document["document"]["file_name"] == "faq.yaml"
    return bytes_of(scene, document)


async def test_out_and_in_again_without_loss(scene: Scene) -> None:
    maria = scene.manager("Мария")
    file = await exports(scene, maria)
    await maria.sends_document(name="faq.yaml", data=file, caption="/faq import")
    await maria.sees("Без изменений: 3")
    changed = file.decode().replace("Доставка стоит 300 ₽.", "Доставка стоит 350 ₽.").encode()
    await maria.sends_document(name="faq.yaml", data=changed, caption="/faq import")
    report = await maria.sees("Изменится: 1")
    assert "Сколько стоит доставка?" in report["text"]
    assert await maria.presses("Применить") == "Загружено"
    await maria.sees("Загружено: 1 запись")
    assert await exports(scene, maria) == changed
    assert scene.faq.read_text("utf-8") == FAQ


async def test_a_table_comes_as_the_answer_to_a_button(scene: Scene) -> None:
    maria = scene.manager("Мария")
    table = "вопрос;ответ\nГде мой заказ?;В пути\nПустой?;\n".encode("cp1251")
    await maria.says("/faq")
    await maria.presses("Загрузить")
    await maria.sees("Пришлите файл")
    await maria.sends_document(name="вопросы.csv", data=table)
    report = await maria.sees("Появится: 1")
    assert "строка 3" in report["text"]
    await maria.presses("Применить")
    await maria.says("/faq Где мой заказ?")
    await maria.sees("В пути")


async def test_a_page_of_a_help_centre_is_simplified_and_it_is_said(scene: Scene) -> None:
    maria = scene.manager("Мария")
    page = (
        "<h2>Где мой заказ?</h2><p>Он <strong>в&nbsp;пути</strong>:</p><ul><li>по Москве — день;</li>"
        "<li>дальше — два.</li></ul><img src='/map.png' alt='Карта'>"
    )
    await maria.sends_document(name="help.html", data=page.encode(), caption="/faq import")
    report = await maria.sees("Появится: 1")
    for line in (
        "строка 1: упрощено для Telegram: <li> × 2, <p> × 1, <ul> × 1",
        "строка 1: в Telegram не покажешь, убрано: <img> Карта",
        "строка 1: id не было, сделаны из вопросов: 1",
    ):
        assert line in report["text"].replace("\xa0", " ")
    await maria.presses("Применить")
    await maria.sees("Загружено: 1 запись")
    answer = await newcomers_hear(scene.customer, "где мой заказ", "Он в\xa0пути:")
    assert answer["text"] == "Он в\xa0пути:\n\n• по Москве — день;\n• дальше — два."
    assert [each["type"] for each in answer["entities"]] == ["bold"]


async def test_a_file_cannot_make_the_bot_give_away_others_of_its_machine(scene: Scene) -> None:
    maria = scene.manager("Мария")
    scene.faq.with_name("secrets.toml").write_text("token = 1", "utf-8")
    entry = "- {id: spy, question: Что там?, answer: Вот, media: secrets.toml}\n".encode()
    await maria.sends_document(name="faq.yaml", data=entry, caption="/faq import")
    report = await maria.sees("Не подошло: 1")
    assert "secrets.toml приложить нельзя" in report["text"]
    assert "reply_markup" not in report


async def test_a_file_nobody_asked_for_is_a_message(scene: Scene) -> None:
    maria, oleg = scene.manager("Мария"), scene.operator("Олег")
    await maria.sends_document(name="отчёт.csv", data=b"a,b\n")
    await oleg.topic("Мария")


async def test_trying_a_phrase(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.says("/faq try хочу возврат")
    told = await maria.sees("Бот ответит сам")
    assert "%\u00a0— Как вернуть деньги?" in told["text"]
    await maria.presses("Ещё фразу")
    await maria.sees("Пришлите фразу")
    await maria.says("rfr dthyenm ltymub")
    told = await maria.sees("Понято как")
    await maria.presses("Как вернуть деньги?")
    await maria.sees("Как спрашивают")
