"""The commands that Telegram offers while one types a slash."""

from tests.stories.conftest import Scene


async def test_everybody_is_offered_what_they_can_do(scene: Scene) -> None:
    maria = scene.manager("Мария")
    offered = scene.bot.commands

    def captions(place: str) -> list[str]:
        return [command["command"] for command in offered.get(place, [])]

    anna = scene.customer("Анна")
    await anna.starts()
    await anna.sees("Здравствуйте")
    private = {language: captions(f"all_private_chats//{language}") for language in ("", "ru", "en")}
    assert all("operator" in names and "take" not in names for names in private.values())
    assert "close" in captions(f"chat/{scene.group.id}/")
    assert "broadcast" in captions(f"chat/{maria.id}/")
