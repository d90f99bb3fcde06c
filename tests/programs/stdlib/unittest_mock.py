"""Mocks: what they record, what they assert, what they stand for."""

from unittest.mock import ANY, AsyncMock, MagicMock, Mock, call, create_autospec, mock_open, patch, sentinel
import inspect


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except (AssertionError, AttributeError, TypeError, KeyError, StopIteration) as error:
        print(f"{type(error).__name__}: {error}")


mock = Mock(return_value=3)
print(mock(1, key=2), mock.called, mock.call_count, mock.call_args, mock.call_args_list)
mock.child.method(4).other()
print(mock.mock_calls, mock.method_calls)
mock.assert_called_once_with(1, key=2)
attempt(mock.assert_called_once_with, 1, key=3)
attempt(mock.assert_not_called)
attempt(mock.child.assert_called)
attempt(mock.assert_any_call, 5)
mock.assert_has_calls([call(1, key=2), call.child.method(4)])
attempt(mock.assert_has_calls, [call(7)])
print(mock.call_args == call(1, key=ANY), call.a.b(1).c)
attempt(getattr, mock, "assert_calld")

effects = Mock(side_effect=[1, KeyError("two")])
attempt(effects)
attempt(effects)
attempt(effects)
print(Mock(side_effect=lambda x: x * 2)(4), sentinel.thing)


class Thing:
    size = 1

    def method(self, a, b=2):
        return a

    async def coroutine(self):
        return 1


spec = Mock(spec=Thing)
print(isinstance(spec, Thing), type(spec.coroutine).__name__)
attempt(getattr, spec, "missing")
auto = create_autospec(Thing)
attempt(auto().method)
auto().method.return_value = 7
attempt(auto().method, 1)
attempt(auto().missing if hasattr(auto(), "missing") else lambda: "not there")

magic = MagicMock()
print(len(magic), int(magic), bool(magic), list(magic), 1 in magic, magic == magic, magic == 1)
magic.__getitem__.return_value = "item"
magic.__iter__.return_value = [1, 2]
print(magic[3], list(magic), magic.__getitem__.call_args)
with magic as entered:
    print(entered is magic.__enter__.return_value)

with patch.object(Thing, "size", 5):
    print(Thing.size)
print(Thing.size)
with patch(f"{__name__}.Thing") as replaced:
    print(Thing is replaced, type(replaced).__name__)
with patch.dict({"a": 1}, b=2) as patched:
    print(patched)


@patch.object(Thing, "method", autospec=True)
def decorated(method):
    Thing().method(1)
    return method.call_args.args[1:]


print(decorated())

with patch("builtins.open", mock_open(read_data="one\ntwo\n")) as opened:
    with open("nowhere") as file:
        print(file.read(), file.readline() == "")
opened.assert_called_once_with("nowhere")

awaited = AsyncMock(return_value=9)
print(inspect.iscoroutinefunction(awaited))
coroutine = awaited(1)
try:
    coroutine.send(None)
except StopIteration as stop:
    print(stop.value, awaited.await_count, awaited.await_args)
attempt(awaited.assert_awaited_once_with, 2)
awaited.assert_awaited_once_with(1)
