"""What Telegram says when it refuses, word for word."""

from enum import Enum


class Refusal(Enum):
    """Every refusal the sandbox can give: HTTP status and description, `{slots}` filled in by the caller."""

    # access to a chat
    BLOCKED = 403, "Forbidden: bot was blocked by the user"
    DEACTIVATED = 403, "Forbidden: user is deactivated"
    NEVER_STARTED = 403, "Forbidden: bot can't initiate conversation with a user"
    BOT_TO_BOT = 403, "Forbidden: the bot can't send messages to the bot"
    KICKED = 403, "Forbidden: bot was kicked from the {kind} chat"
    NOT_A_MEMBER = 403, "Forbidden: bot is not a member of the {kind} chat"
    MIGRATED = 400, "Bad Request: group chat was upgraded to a supergroup chat"
    CHAT_NOT_FOUND = 400, "Bad Request: chat not found"
    CHAT_ID_EMPTY = 400, "Bad Request: chat_id is empty"
    NOT_CHANNEL_ADMIN = 400, "Bad Request: need administrator rights in the channel chat"
    NO_RIGHT_TO_SEND = 400, "Bad Request: not enough rights to send {what} to the chat"
    WRITE_FORBIDDEN = 400, "Bad Request: CHAT_WRITE_FORBIDDEN"
    PEER_INVALID = 400, "Bad Request: PEER_ID_INVALID"

    # topics
    THREAD_NOT_FOUND = 400, "Bad Request: message thread not found"
    TOPIC_CLOSED = 400, "Bad Request: TOPIC_CLOSED"
    TOPIC_DELETED = 400, "Bad Request: TOPIC_DELETED"
    TOPIC_NOT_MODIFIED = 400, "Bad Request: TOPIC_NOT_MODIFIED"
    TOPIC_ID_INVALID = 400, "Bad Request: TOPIC_ID_INVALID"
    NOT_A_FORUM = 400, "Bad Request: the chat is not a forum"
    NOT_A_SUPERGROUP_FORUM = 400, "Bad Request: the chat is not a supergroup forum"
    NO_RIGHT_TO_CREATE_TOPIC = 400, "Bad Request: not enough rights to create a topic"
    NO_RIGHT_TO_EDIT_TOPIC = 400, "Bad Request: not enough rights to edit the topic"
    NO_RIGHT_TO_CLOSE_TOPIC = 400, "Bad Request: not enough rights to close or open the topic"
    NO_RIGHT_TO_DELETE_TOPIC = 400, "Bad Request: not enough rights to delete the topic"
    TOPIC_NAME_EMPTY = 400, "Bad Request: name must be non-empty"
    TOPIC_ID_BAD = 400, "Bad Request: invalid forum topic identifier specified"

    # messages that are not there or may not be touched
    COPY_NOT_FOUND = 400, "Bad Request: message to copy not found"
    FORWARD_NOT_FOUND = 400, "Bad Request: message to forward not found"
    EDIT_NOT_FOUND = 400, "Bad Request: message to edit not found"
    DELETE_NOT_FOUND = 400, "Bad Request: message to delete not found"
    REACT_NOT_FOUND = 400, "Bad Request: message to react not found"
    PIN_NOT_FOUND = 400, "Bad Request: message to pin not found"
    UNPIN_NOT_FOUND = 400, "Bad Request: message to unpin not found"
    REPLY_NOT_FOUND = 400, "Bad Request: message to be replied not found"
    NOTHING_TO_FORWARD = 400, "Bad Request: messages can't be forwarded"
    CANNOT_FORWARD = 400, "Bad Request: the message can't be forwarded"
    CANNOT_COPY = 400, "Bad Request: the message can't be copied"
    PROTECTED = 400, "Bad Request: message has protected content and can't be forwarded"
    NOT_MODIFIED = (
        400,
        (
            "Bad Request: message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        ),
    )
    CANNOT_EDIT = 400, "Bad Request: message can't be edited"
    NO_TEXT_TO_EDIT = 400, "Bad Request: there is no text in the message to edit"
    NO_CAPTION_TO_EDIT = 400, "Bad Request: there is no caption in the message to edit"
    CANNOT_DELETE = 400, "Bad Request: message can't be deleted"
    CANNOT_DELETE_FOR_EVERYONE = 400, "Bad Request: message can't be deleted for everyone"
    MESSAGE_ID_MISSING = 400, "Bad Request: message identifier is not specified"
    NO_RIGHT_TO_PIN = 400, "Bad Request: not enough rights to manage pinned messages in the chat"
    IDS_EMPTY = 400, "Bad Request: message identifiers are not specified"
    IDS_TOO_MANY = 400, "Bad Request: too many message identifiers specified"
    IDS_UNORDERED = 400, "Bad Request: message identifiers must be in a strictly increasing order"
    REACTION_UNREADABLE = (
        400,
        'Bad Request: can\'t parse ReactionType: Field "custom_emoji_id" must be a valid Number',
    )
    REACTION_INVALID = 400, "Bad Request: REACTION_INVALID"
    REACTIONS_TOO_MANY = 400, "Bad Request: REACTIONS_TOO_MANY"
    QUERY_TOO_OLD = (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    URL_INVALID = 400, "Bad Request: URL_INVALID"
    ANSWER_TOO_LONG = 400, "Bad Request: MESSAGE_TOO_LONG"

    # text and keyboards
    TEXT_MISSING = 400, "Bad Request: message text is empty"
    TEXT_BLANK = 400, "Bad Request: text must be non-empty"
    TEXT_TOO_LONG = 400, "Bad Request: message is too long"
    RAW_TEXT_TOO_LONG = 400, "Bad Request: text is too long"
    CAPTION_TOO_LONG = 400, "Bad Request: message caption is too long"
    PARSE_MODE = 400, "Bad Request: unsupported parse_mode"
    ENTITIES = 400, "Bad Request: can't parse entities: {reason}"
    ENTITY_UNKNOWN = 400, "Bad Request: can't parse MessageEntity: {reason}"
    ENTITY_ODD = 400, "Bad Request: receive an entity with incorrect {measure} {value}"
    ENTITY_URL = 400, "Bad Request: entity URL '{url}' is invalid: {reason}"
    ENTITY_BEGINS_INSIDE = (
        400,
        "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset {byte}",
    )
    ENTITY_ENDS_INSIDE = (
        400,
        (
            "Bad Request: entity beginning at UTF-16 offset {begin} ends in a middle of a UTF-16 symbol "
            "at byte offset {byte}"
        ),
    )
    ENTITY_BEGINS_AFTER = 400, "Bad Request: entity begins after the end of the text at UTF-16 offset {begin}"
    ENTITY_ENDS_AFTER = (
        400,
        (
            "Bad Request: entity beginning at UTF-16 offset {begin} ends after the end of the text "
            "at UTF-16 offset {end}"
        ),
    )
    TOO_MANY_ENTITIES = 400, "Bad Request: ENTITIES_TOO_LONG"
    TEXT_BUTTON = (
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
    BUTTON_UNREADABLE = 400, "Bad Request: can't parse inline keyboard button: {reason}"
    KEY_UNREADABLE = 400, "Bad Request: can't parse keyboard button: {reason}"
    BUTTON_LINK = 400, "Bad Request: {what} URL '{url}' is invalid: {reason}"
    BUTTON_URL = 400, "Bad Request: BUTTON_URL_INVALID"
    BUTTON_TYPE = 400, "Bad Request: BUTTON_TYPE_INVALID"
    BUTTON_COPY = 400, "Bad Request: BUTTON_COPY_TEXT_INVALID"
    SEARCH_IN_CHANNEL = (
        400,
        (
            "Bad Request: can't use {what} button in a channel chat, because users will not be able to use "
            "the button without knowing bot's username"
        ),
    )
    PRIVATE_ONLY = 400, "Bad Request: {what} can be {verb} in private chats only"
    INLINE_EXPECTED = 400, "Bad Request: inline keyboard expected"
    BUTTON_DATA = 400, "Bad Request: BUTTON_DATA_INVALID"
    MARKUP_TOO_LONG = 400, "Bad Request: reply markup is too long"
    POLL_TYPE = 400, "Bad Request: unsupported poll type specified"
    POLL_TOO_LONG = 400, "Bad Request: poll {what} must not exceed {most}"
    POLL_TOO_FEW = 400, "Bad Request: poll must have at least one answer option"
    POLL_TOO_MANY = 400, "Bad Request: poll can't have more than {most} options"
    POLL_NOT_ANONYMOUS = 400, "Bad Request: non-anonymous polls can't be sent to channel chats"
    POLL_TO_STOP_NOT_FOUND = 400, "Bad Request: message with poll to stop not found"
    NOT_A_POLL = 400, "Bad Request: message is not a poll"
    POLL_UNSTOPPABLE = 400, "Bad Request: poll can't be stopped"
    POLL_CLOSED = 400, "Bad Request: poll has already been closed"
    QUIZ_UNANSWERED = 400, "Bad Request: correct quiz option list must be non-empty"
    QUIZ_UNORDERED = 400, "Bad Request: correct quiz option list must be increasing"
    QUIZ_WRONG = 400, "Bad Request: wrong quiz correct_option_id"
    EFFECT_INVALID = 400, "Bad Request: EFFECT_ID_INVALID"
    QUOTE_INVALID = 400, "Bad Request: QUOTE_TEXT_INVALID"

    # files and albums
    VOICE_FORBIDDEN = 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    WRONG_FILE = 400, "Bad Request: wrong file identifier/HTTP URL specified"
    WRONG_FILE_KIND = 400, "Bad Request: can't use file of type {given} as {wanted}"
    URL_UNREACHABLE = 400, "Bad Request: failed to get HTTP URL content"
    ALBUM_ITEM = 400, 'Bad Request: failed to send message #{n} with the error message "{reason}"'
    ALBUM_TOO_LONG = 400, "Bad Request: too many messages to send as an album"
    ALBUM_TOO_SHORT = 400, "Bad Request: message must contain 2-10 media"
    ALBUM_CAPTIONS = 400, "Bad Request: parameter show_caption_above_media must be the same for all messages"
    ALBUM_UNFIT = 400, "Bad Request: message content type can't be used in an album"
    ALBUM_CHANGED = 400, "Bad Request: can't change media type in the album"
    ALBUM_MIXED = 400, "Bad Request: {kind} can't be mixed with other media types"
    FILE_TOO_BIG = 400, "Bad Request: file is too big"
    FILE_UNAVAILABLE = 400, "Bad Request: wrong file_id or the file is temporarily unavailable"
    FILE_ID_INVALID = 400, "Bad Request: invalid file_id"
    NO_FILE = 400, "Bad Request: there is no {kind} in the request"
    UPLOAD_TOO_BIG = 413, "Request Entity Too Large"
    NOT_AN_IMAGE = 400, "Bad Request: IMAGE_PROCESS_FAILED"
    PHOTO_DIMENSIONS = 400, "Bad Request: PHOTO_INVALID_DIMENSIONS"
    FILE_EMPTY = 400, "Bad Request: file must be non-empty"
    PHOTO_TOO_BIG = 400, "Bad Request: file must be a photo of at most 10 MB"

    # people
    USER_NOT_FOUND = 400, "Bad Request: user not found"
    MEMBER_NOT_FOUND = 400, "Bad Request: member not found"
    WRONG_ACTION = 400, "Bad Request: wrong parameter action in request"
    CANNOT_LEAVE = 400, "Bad Request: chat member status can't be changed in private chats"
    NO_ADMINS_IN_PRIVATE = 400, "Bad Request: there are no administrators in the private chat"

    # Telegram Stars
    BALANCE_TOO_LOW = 400, "Bad Request: BALANCE_TOO_LOW"

    # the service itself
    TOO_MANY_REQUESTS = 429, "Too Many Requests: retry after {seconds}"
    FLOOD = 429, "Too Many Requests"
    UNAUTHORIZED = 401, "Unauthorized"
    INVALID_TOKEN = 401, "Unauthorized: invalid token specified"
    METHOD_NOT_FOUND = 404, "Not Found: method not found"
    NOT_FOUND = 404, "Not Found"
    NOT_IMPLEMENTED = 501, "Not Implemented"
    OTHER_POLLER = (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    WEBHOOK_TOOK_OVER = 409, "Conflict: terminated by setWebhook request"
    WEBHOOK_ACTIVE = (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    RESTART = 500, "Internal Server Error: restart"
    INTERNAL = 500, "Internal Server Error"
    WEBHOOK_URL = 400, "Bad Request: invalid webhook URL specified"
    WEBHOOK_HTTPS = 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    WEBHOOK_ELSEWHERE = 400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known"
    SECRET_TOO_LONG = 400, "Bad Request: secret token is too long"
    SECRET_CHARACTERS = 400, "Bad Request: secret token contains unallowed characters"

    # the sandbox's own strictness: said loudly rather than passed over
    SANDBOX = 400, "Bad Request: sandbox: {reason}"


class ApiError(Exception):
    """A call refused: what the bot gets instead of a result."""

    def __init__(self, refusal: Refusal, parameters: dict[str, int] | None = None, **slots: object) -> None:
        self.refusal = refusal
        self.code, template = refusal.value
        self.description = template.format(**slots) if slots else template
        self.parameters = parameters or {}
        super().__init__(self.description)


def strict(reason: str) -> ApiError:
    """Something the sandbox does not know; Telegram might be lenient, the referee is not."""
    return ApiError(Refusal.SANDBOX, reason=reason)


def wait(seconds: int) -> ApiError:
    return ApiError(Refusal.TOO_MANY_REQUESTS, {"retry_after": seconds}, seconds=seconds)
