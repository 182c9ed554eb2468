"""The commands that Telegram offers while one types a slash."""

from tests.stories.conftest import SetUp


async def test_everybody_is_offered_what_they_can_do(set_up: SetUp) -> None:
    async with set_up() as scene:
        maria, anna, offered = scene.manager("Мария"), scene.customer("Анна"), scene.bot.commands
        await maria.starts()  # a bot can offer nothing to somebody who has never come to it
        await anna.starts()
        async with scene.at_work():
            await anna.sees("Здравствуйте")

    def captions(place: str) -> list[str]:
        return [command["command"] for command in offered.get(place, [])]

    private = {language: captions(f"all_private_chats//{language}") for language in ("", "ru", "en")}
    assert all("operator" in names and "take" not in names for names in private.values())
    assert "close" in captions(f"chat/{scene.group.id}/")
    assert "broadcast" in captions(f"chat/{maria.id}/")
