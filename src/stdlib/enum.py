"""Enumerations: classes whose instances are all made, and named, in the class body.

The class body runs in a namespace, EnumDict, that tells members from everything else. When
the class is made, members are made of the values noted there, as instances of the class,
before anyone (`__init_subclass__` first) can look at it. After that the class makes no
more: calling it looks a member up by value.

A Flag's values are sets of bits. Members with one bit are its proper members; any
combination of bits is an instance too, made when first needed and kept.

Sources: Library Reference "enum", PEP 435, enum HOWTO.
"""

import sys
from builtins import property as _builtin_property
from operator import and_ as _and_, or_ as _or_, xor as _xor_
from types import DynamicClassAttribute, MappingProxyType

__all__ = [
    "EnumType",
    "EnumMeta",
    "EnumDict",
    "Enum",
    "IntEnum",
    "StrEnum",
    "Flag",
    "IntFlag",
    "ReprEnum",
    "auto",
    "unique",
    "property",
    "verify",
    "member",
    "nonmember",
    "FlagBoundary",
    "STRICT",
    "CONFORM",
    "EJECT",
    "KEEP",
    "global_flag_repr",
    "global_enum_repr",
    "global_str",
    "global_enum",
    "EnumCheck",
    "CONTINUOUS",
    "NAMED_FLAGS",
    "UNIQUE",
    "pickle_by_global_name",
    "pickle_by_enum_name",
]

# The base classes are made by the machinery that asks about them.
Enum = Flag = EJECT = ReprEnum = None

_not_given = object()


class nonmember:
    """In a class body: this value is no member."""

    def __init__(self, value):
        self.value = value


class member:
    """In a class body: this value is a member, though it is a function or a class."""

    def __init__(self, value):
        self.value = value


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_dunder(name):
    return (
        len(name) > 4
        and name[:2] == name[-2:] == "__"
        and name[2] != "_"
        and name[-3] != "_"
    )


def _is_sunder(name):
    return (
        len(name) > 2
        and name[0] == name[-1] == "_"
        and name[1] != "_"
        and name[-2] != "_"
    )


def _is_internal_class(cls_name, obj):
    """Whether obj is a class defined inside of the class of this name."""
    if not isinstance(obj, type):
        return False
    qualname = getattr(obj, "__qualname__", "")
    ending = f"{cls_name}.{getattr(obj, '__name__', '')}"
    return qualname == ending or qualname.endswith("." + ending)


def _is_private(cls_name, name):
    """Whether a name is one like `__x`, mangled by the class."""
    prefix = f"_{cls_name}__"
    return (
        len(name) > len(prefix)
        and name.startswith(prefix)
        and (name[-1] != "_" or name[-2] != "_")
    )


def _is_single_bit(value):
    return value > 0 and value & (value - 1) == 0


def _iter_bits_lsb(value):
    """The single bits of a number, lowest first."""
    if value < 0:
        raise ValueError(f"{value} is not a positive integer")
    while value:
        bit = value & (~value + 1)
        yield bit
        value ^= bit


def show_flag_values(value):
    """The single bits of a number, as a list."""
    return list(_iter_bits_lsb(value))


def _to_binary(number, max_bits=None):
    """A number in binary with the sign bit spelt out: `0b0 1010`, and `0b1 0110` for its
    complement."""
    bits = number.bit_length()
    if number >= 0:
        text = bin(number + (1 << bits)).replace("1", "0", 1)
        digits = text[3:]
    else:
        text = bin(~number ^ ((1 << bits) - 1) + (1 << bits))
        digits = text[3:]
    sign = text[:3]
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign[-1] * max_bits + digits)[-max_bits:]
    return f"{sign} {digits}"


class auto:
    """In a class body: a value that `_generate_next_value_` finds."""

    def __init__(self, value=_not_given):
        self._value_ = value

    @_builtin_property
    def value(self):
        return self._value_

    @value.setter
    def value(self, value):
        self._value_ = value

    def __repr__(self):
        return f"auto({self.value!r})"


class property(DynamicClassAttribute):
    """A property of members that leaves its name free for a member: on a member it is the
    property, on the class it is the member."""

    member = None
    _attr_type = None
    _cls_type = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.member is not None:
                return self.member
            raise AttributeError(f"{ownerclass!r} has no attribute {self.name!r}")
        if self.fget is not None:
            return self.fget(instance)
        if self._attr_type == "attr":
            return getattr(self._cls_type, self.name)
        if self._attr_type == "desc":
            return getattr(instance._value_, self.name)
        try:
            return ownerclass._member_map_[self.name]
        except KeyError:
            raise AttributeError(
                f"{ownerclass!r} has no attribute {self.name!r}"
            ) from None

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(
                f"<enum {self.clsname!r}> cannot set attribute {self.name!r}"
            )
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(
                f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}"
            )
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


# The names between single underscores that mean something in a class body.
_SUNDERS = frozenset(
    """
    _order_ _generate_next_value_ _numeric_repr_ _missing_ _ignore_ _iter_member_
    _iter_member_by_value_ _iter_member_by_def_ _add_alias_ _add_value_alias_
    _use_args_ _member_names_ _value_repr_ _member_type_
    """.split()
)


class EnumDict(dict):
    """The namespace of the class body: notes which names become members."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name = cls_name
        # Name -> None: ordered, and quick to search.
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._generate_next_value = None

    def __setitem__(self, key, value):
        if self._cls_name is not None and _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in _SUNDERS:
                raise ValueError(
                    f"_sunder_ names, such as {key!r}, are reserved for future Enum use"
                )
            if key == "_generate_next_value_":
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                func = getattr(value, "__func__", value)
                self._generate_next_value = func
            elif key == "_ignore_":
                if isinstance(value, str):
                    value = value.replace(",", " ").split()
                else:
                    value = list(value)
                self._ignore = value
                already = set(value) & set(self._member_names)
                if already:
                    raise ValueError(
                        f"_ignore_ cannot specify already set names: {already!r}"
                    )
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member):
            value = self._filled(key, value.value)
            self._member_names[key] = None
        elif _is_descriptor(value):
            pass
        elif self._cls_name is not None and _is_internal_class(self._cls_name, value):
            # A class defined in the body is a class, not a value.
            pass
        else:
            if key in self:
                raise TypeError(f"{key!r} already defined as {self[key]!r}")
            value = self._filled(key, value)
            self._member_names[key] = None
        super().__setitem__(key, value)

    def _filled(self, key, value):
        """The value with every auto() in it replaced."""
        if isinstance(value, auto):
            return self._next(key, value)
        if isinstance(value, tuple) and any(isinstance(part, auto) for part in value):
            parts = [
                self._next(key, part) if isinstance(part, auto) else part for part in value
            ]
            try:
                return type(value)(parts)
            except TypeError:
                return type(value)(*parts)
        self._last_values.append(value)
        return value

    def _next(self, key, placeholder):
        if placeholder.value is _not_given:
            self._auto_called = True
            placeholder.value = self._generate_next_value(
                key, 1, len(self._member_names), self._last_values[:]
            )
        self._last_values.append(placeholder.value)
        return placeholder.value

    @_builtin_property
    def member_names(self):
        return list(self._member_names)

    def update(self, members, *more_members, **more):
        try:
            for name in members.keys():
                self[name] = members[name]
        except AttributeError:
            for name, value in members:
                self[name] = value
        for arg in more_members:
            self.update(arg)
        for name, value in more.items():
            self[name] = value


_EnumDict = EnumDict


class _Members:
    """Stands in the namespace of a class in the making, to be told when it is there: then
    the members are made."""

    def __init__(self, values):
        self.values = values

    def __set_name__(self, cls, name):
        for member_name, value in self.values.items():
            _make_member(cls, member_name, value)
        type.__delattr__(cls, name)
        if Flag is not None and issubclass(cls, Flag):
            _settle_flag(cls)


def _settle_flag(cls):
    """Members of a Flag are iterated by value; unless they were defined in another order,
    which is then kept."""
    if cls._boundary_ is None:
        cls._boundary_ = STRICT
    values = [cls._member_map_[name]._value_ for name in cls._member_names_]
    values = [value for value in values if isinstance(value, int)]
    if any(a > b for a, b in zip(values, values[1:])):
        cls._iter_member_ = cls._iter_member_by_def_


# The enumeration whose member is just being made, if any.
_creating = None


def _make_member(cls, name, value):
    member_type = cls._member_type_
    args = value if isinstance(value, tuple) else (value,)
    if member_type is tuple:
        args = (args,)
    new = cls._new_member_
    global _creating
    _creating, outer = cls, _creating
    try:
        instance = new(cls, *args) if cls._use_args_ else new(cls)
    finally:
        _creating = outer
    if not hasattr(instance, "_value_"):
        if member_type is object:
            instance._value_ = value
        else:
            try:
                instance._value_ = member_type(*args)
            except Exception as exc:
                new_exc = TypeError("_value_ not set in __new__, unable to create it")
                new_exc.__cause__ = exc
                raise new_exc
    value = instance._value_
    instance._name_ = name
    instance.__objclass__ = cls
    instance.__init__(*args)
    instance._sort_order_ = len(cls._member_names_)

    is_flag = Flag is not None and issubclass(cls, Flag)
    if is_flag and isinstance(value, int):
        cls._flag_mask_ |= value
        if _is_single_bit(value):
            cls._singles_mask_ |= value
        cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1

    # Another name for a value makes no other member.
    try:
        canonical = cls._value2member_map_[value]
    except KeyError:
        canonical = None
    except TypeError:
        # Unhashable values are compared one by one.
        canonical = None
        for other in cls._member_map_.values():
            if other._value_ == value:
                canonical = other
                break
    if canonical is not None:
        instance = canonical
    elif not is_flag or (isinstance(value, int) and _is_single_bit(value)):
        # A combination of flags has a name, but is not one of those listed.
        cls._member_names_.append(name)
    cls._add_member_(name, instance)
    try:
        cls._value2member_map_.setdefault(value, instance)
    except TypeError:
        cls._unhashable_values_.append(value)
        cls._unhashable_values_map_.setdefault(name, []).append(value)


class EnumType(type):
    """The metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = EnumDict(cls)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            generate = getattr(first_enum, "_generate_next_value_", None)
            namespace["_generate_next_value_"] = generate
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        ignore = classdict.setdefault("_ignore_", [])
        ignore.append("_ignore_")
        for key in ignore:
            classdict.pop(key, None)

        names = list(classdict._member_names)
        invalid = [name for name in names if name in ("mro", "")]
        if invalid:
            raise ValueError(f"invalid enum member name(s) {', '.join(map(repr, invalid))}")

        order = classdict.pop("_order_", None)
        generate = classdict.get("_generate_next_value_")
        if generate is not None and type(generate) is not staticmethod:
            dict.__setitem__(classdict, "_generate_next_value_", staticmethod(generate))

        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        namespace = dict(classdict)
        values = {name: namespace.pop(name) for name in names}
        namespace["_new_member_"] = new
        namespace["_use_args_"] = use_args
        namespace["_member_names_"] = []
        namespace["_member_map_"] = {}
        namespace["_value2member_map_"] = {}
        namespace["_unhashable_values_"] = []
        namespace["_unhashable_values_map_"] = {}
        namespace["_member_type_"] = member_type
        namespace["_value_repr_"] = metacls._find_data_repr_(cls, bases)
        namespace["_boundary_"] = boundary or getattr(first_enum, "_boundary_", None)
        namespace["_flag_mask_"] = 0
        namespace["_singles_mask_"] = 0
        namespace["_all_bits_"] = 0
        namespace["_inverted_"] = None
        _choose_methods(namespace, bases, member_type, first_enum)
        if save_new:
            namespace["__new_member__"] = namespace.pop("__new__")
        if Enum is not None:
            namespace["__new__"] = Enum.__new__
        namespace["_members_to_make"] = _Members(values)
        made = super().__new__(metacls, cls, bases, namespace, **kwds)
        if order is not None:
            _check_order(made, order)
        return made

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    def __call__(
        cls,
        value,
        names=_not_given,
        *values,
        module=None,
        qualname=None,
        type=None,
        start=1,
        boundary=None,
    ):
        """Look a member up by its value; or, on a class without members, make a new
        enumeration: `Enum('Color', 'RED GREEN BLUE')`."""
        if cls._member_map_:
            if names is not _not_given:
                value = (value, names) + values
            return cls.__new__(cls, value)
        if names is _not_given and type is None:
            raise TypeError(
                f"{cls} has no members; specify `names=()` if you meant to create a new, "
                "empty, enum"
            )
        return cls._create_(
            class_name=value,
            names=None if names is _not_given else names,
            module=module,
            qualname=qualname,
            type=type,
            start=start,
            boundary=boundary,
        )

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        if issubclass(cls, Flag):
            try:
                return isinstance(cls._missing_(value), cls)
            except ValueError:
                return False
        try:
            return value in cls._value2member_map_
        except TypeError:
            return value in cls._unhashable_values_

    def __delattr__(cls, attr):
        if attr in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __dir__(cls):
        names = {
            "__class__",
            "__contains__",
            "__doc__",
            "__getitem__",
            "__iter__",
            "__len__",
            "__members__",
            "__module__",
            "__name__",
            "__qualname__",
            *cls._member_names_,
        }
        if cls._new_member_ is not object.__new__:
            names.add("__new__")
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add("__init_subclass__")
        if cls._member_type_ is object:
            return sorted(names)
        return sorted({*dir(cls._member_type_), *names})

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_builtin_property
    def __members__(cls):
        """All names with their members, other names of a member included."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def _create_(
        cls,
        class_name,
        names,
        *,
        module=None,
        qualname=None,
        type=None,
        start=1,
        boundary=None,
    ):
        """Make an enumeration of names in a string or list, of (name, value) pairs, or of a
        mapping."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        _, first_enum = cls._get_mixins_(class_name, bases)
        namespace = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            pairs = []
            so_far = []
            for index, name in enumerate(names):
                value = first_enum._generate_next_value_(name, start, index, so_far[:])
                so_far.append(value)
                pairs.append((name, value))
            names = pairs
        if names is None:
            names = ()
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            namespace[name] = value
        if module is None:
            module = _calling_module()
        if module is None:
            _make_class_unpicklable(namespace)
        else:
            namespace["__module__"] = module
        if qualname is not None:
            namespace["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """Make an enumeration of a module's constants, and put it and its members there."""
        namespace = sys.modules[module].__dict__
        source = namespace if source is None else source.__dict__
        members = [(key, source[key]) for key in source.keys() if filter(key)]
        try:
            members.sort(key=lambda pair: (pair[1], pair[0]))
        except TypeError:
            members.sort(key=lambda pair: pair[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP)
        if as_global:
            global_enum(made)
        else:
            sys.modules[made.__module__].__dict__.update(made.__members__)
        namespace[name] = made
        return made

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError(
                        f"<enum {class_name!r}> cannot extend {base!r}"
                    )

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The data type that members are based on, and the enumeration derived from."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError(
                "new enumerations should be created as "
                "`EnumName([mixin_type, ...] [data_type,] enum_type)`"
            )
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    return base._value_repr_
                if "__repr__" in base.__dict__:
                    fields = base.__dict__.get("__dataclass_fields__")
                    params = base.__dict__.get("__dataclass_params__")
                    if fields is not None and params is not None and params.repr:
                        return _dataclass_repr
                    return base.__dict__["__repr__"]
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        """The one class among the bases, and theirs, that has data: a `__new__` of its own,
        or the fields of a dataclass."""
        found = {}
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        found[base._member_type_] = None
                        break
                elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                    found[candidate or base] = None
                    break
                else:
                    candidate = candidate or base
        if len(found) > 1:
            raise TypeError(f"too many data types for {class_name!r}: {set(found)!r}")
        return next(iter(found), None)

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """The `__new__` that makes members; whether it is the class's own; and whether it
        is called with the value."""
        new = classdict.get("__new__")
        save_new = first_enum is not None and new is not None
        if new is None:
            ordinary = {None, None.__new__, object.__new__}
            if Enum is not None:
                ordinary.add(Enum.__new__)
            for method in ("__new_member__", "__new__"):
                for possible in (member_type, first_enum):
                    target = getattr(possible, method, None)
                    if target not in ordinary:
                        new = target
                        break
                if new is not None:
                    break
            else:
                new = object.__new__
        plain = first_enum is None or new is object.__new__
        return new, save_new, not plain and new is not getattr(Enum, "__new__", None)

    def _add_member_(cls, name, member):
        """Make a member, or another name of one, an attribute of the class."""
        if name in cls._member_map_:
            if cls._member_map_[name] is not member:
                raise NameError(
                    f"{name!r} is already bound: {cls._member_map_[name]!r}"
                )
            return
        descriptor = None
        kind = None
        for base in cls.__mro__[1:]:
            attr = base.__dict__.get(name)
            if attr is not None:
                if isinstance(attr, (property, DynamicClassAttribute)):
                    descriptor, owner = attr, base
                    kind = "enum"
                    break
                if _is_descriptor(attr):
                    descriptor, owner, kind = attr, base, kind or "desc"
                else:
                    kind, owner, descriptor = kind or "attr", base, None
        if descriptor is not None or kind == "attr":
            # The name means something on members already: it goes on to, there.
            redirect = property()
            redirect.member = member
            redirect.__set_name__(cls, name)
            if hasattr(descriptor, "fget"):
                redirect.fget = descriptor.fget
                redirect.fset = descriptor.fset
                redirect.fdel = descriptor.fdel
            else:
                redirect._attr_type = kind
                redirect._cls_type = owner
            type.__setattr__(cls, name, redirect)
        else:
            type.__setattr__(cls, name, member)
        cls._member_map_[name] = member


EnumMeta = EnumType


def _choose_methods(namespace, bases, member_type, first_enum):
    """Take repr, str and format from the data type, or from Enum; what fits the base."""
    if Enum is None or first_enum is None:
        return
    if ReprEnum is not None and ReprEnum in bases:
        # Looks like the data type, but for its repr.
        namespace.setdefault("__format__", member_type.__format__)
        method = member_type.__str__
        if method is object.__str__:
            method = member_type.__repr__
        namespace.setdefault("__str__", method)
    for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
        if name in namespace:
            continue
        of_enum = getattr(first_enum, name)
        found = None
        for base in _provisional_mro(namespace, member_type, first_enum):
            if name in base.__dict__:
                found = base.__dict__[name]
                break
        if found is not of_enum and found in (
            getattr(member_type, name),
            getattr(object, name),
        ):
            namespace[name] = of_enum
    if Flag is not None and issubclass(first_enum, Flag):
        # An int has these too, and comes first.
        for name in (
            "__or__",
            "__and__",
            "__xor__",
            "__ror__",
            "__rand__",
            "__rxor__",
            "__invert__",
        ):
            if name not in namespace:
                namespace[name] = getattr(first_enum, name)


def _provisional_mro(namespace, member_type, first_enum):
    if member_type is not object and not issubclass(first_enum, member_type):
        yield from member_type.__mro__[:-1]
    yield from first_enum.__mro__


def _check_order(cls, order):
    """`_order_` repeats the names, so that the order is seen to be meant."""
    if isinstance(order, str):
        order = order.replace(",", " ").split()
    names = cls._member_names_
    if Flag is not None and issubclass(cls, Flag):
        # Names that stand for no single bit have no place in the order.
        order = [name for name in order if name in names or name not in cls._member_map_]
    else:
        order = [
            name
            for name in order
            if name not in cls._member_map_ or name in names
        ]
    if list(order) != list(names):
        raise TypeError(
            f"member order does not match _order_:\n  {order!r}\n  {names!r}"
        )


def _calling_module():
    depth = 2
    try:
        while True:
            name = sys._getframe(depth).f_globals.get("__name__")
            if name != __name__:
                return name
            depth += 1
    except (AttributeError, ValueError, KeyError):
        return None


def _make_class_unpicklable(cls):
    """Let members refuse to be pickled: nobody could find their class."""

    def _break_on_call_reduce(self, proto):
        raise TypeError(f"{self!r} cannot be pickled")

    attributes = {"__reduce_ex__": _break_on_call_reduce, "__module__": "<unknown>"}
    for name, value in attributes.items():
        if isinstance(cls, dict):
            cls[name] = value
        else:
            setattr(cls, name, value)


def _dataclass_repr(self):
    fields = self.__dataclass_fields__
    shown = ", ".join(
        [f"{name}={getattr(self, name)!r}" for name in fields if fields[name].repr]
    )
    return shown


class Enum(metaclass=EnumType):
    """A set of names bound to constant values.

    >>> class Color(Enum):
    ...     RED = 1
    >>> Color.RED, Color(1), Color['RED']
    (<Color.RED: 1>, <Color.RED: 1>, <Color.RED: 1>)
    """

    @classmethod
    def __signature__(cls):
        if cls._member_names_:
            return "(*values)"
        return (
            "(new_class_name, /, names, *, module=None, qualname=None, type=None, "
            "start=1, boundary=None)"
        )

    def __new__(cls, value):
        # Only asks; the members are all there.
        if type(value) is cls:
            return value
        if cls is _creating:
            raise TypeError(
                "do not use `super().__new__; call the appropriate __new__ directly"
            )
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for found in cls._member_map_.values():
                if found._value_ == value:
                    return found
        if not cls._member_map_:
            raise TypeError(f"{cls!r} has no members defined")
        exc = None
        try:
            result = cls._missing_(value)
        except Exception as error:
            exc = error
            result = None
        try:
            if isinstance(result, cls):
                return result
            if (
                Flag is not None
                and issubclass(cls, Flag)
                and cls._boundary_ is EJECT
                and isinstance(result, int)
            ):
                return result
            invalid = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
            if result is None and exc is None:
                raise invalid
            if exc is None:
                exc = TypeError(
                    f"error in {cls.__name__}._missing_: returned {result!r} "
                    "instead of None or a valid member"
                )
            if not isinstance(exc, ValueError):
                exc.__context__ = invalid
            raise exc
        finally:
            # The traceback holds this frame.
            exc = None
            invalid = None

    def __init__(self, *args, **kwds):
        pass

    def _add_alias_(self, name):
        """Give the member another name."""
        self.__class__._add_member_(name, self)

    def _add_value_alias_(self, value):
        """Give the member another value by which it is found."""
        cls = self.__class__
        try:
            if value in cls._value2member_map_:
                if cls._value2member_map_[value] is not self:
                    raise ValueError(
                        f"{value!r} is already bound: {cls._value2member_map_[value]!r}"
                    )
                return
            cls._value2member_map_[value] = self
        except TypeError:
            for found in cls._member_map_.values():
                if found._value_ == value and found is not self:
                    raise ValueError(
                        f"{value!r} is already bound: {found!r}"
                    ) from None
            cls._unhashable_values_.append(value)
            cls._unhashable_values_map_.setdefault(self.name, []).append(value)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """What auto() stands for: one more than the highest value so far."""
        if not last_values:
            return start
        try:
            last = sorted(last_values)[-1]
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None
        try:
            return last + 1
        except TypeError:
            raise TypeError(f"unable to increment {last!r}") from None

    @classmethod
    def _missing_(cls, value):
        """Asked for the member of an unknown value; None says there is none."""
        return None

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        names = {"__class__", "__doc__", "__eq__", "__hash__", "__module__"}
        if self.__class__._member_type_ is not object:
            names.update(object.__dir__(self))
        for name in getattr(self, "__dict__", ()):
            if name[0] != "_" and name not in self._member_map_:
                names.add(name)
        for cls in self.__class__.mro():
            for name, obj in cls.__dict__.items():
                if name[0] == "_":
                    continue
                if isinstance(obj, property):
                    if obj.fget is not None or name not in self._member_map_:
                        names.add(name)
                    else:
                        names.discard(name)
                elif name not in self._member_map_:
                    names.add(name)
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


class ReprEnum(Enum):
    """An enumeration whose members look like their values, but for repr()."""


class IntEnum(int, ReprEnum):
    """An enumeration whose members are integers too."""


class StrEnum(str, ReprEnum):
    """An enumeration whose members are strings too; auto() is the name in lower case."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError(f"encoding must be a string, not {values[1]!r}")
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError(f"errors must be a string, not {values[2]!r}")
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


def pickle_by_global_name(self, proto):
    """A `__reduce_ex__` for members that are globals of their module."""
    return self.name


_reduce_ex_by_global_name = pickle_by_global_name


def pickle_by_enum_name(self, proto):
    """A `__reduce_ex__` that pickles a member as an attribute of its class."""
    return getattr, (self.__class__, self._name_)


class FlagBoundary(StrEnum):
    """What becomes of bits that no flag has: refused, dropped, the result an int, kept."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """An enumeration whose members can be combined: `Perm.R | Perm.W`."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """What auto() stands for: the next bit."""
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 2 ** last.bit_length()
        except Exception:
            raise TypeError(f"invalid flag value {last!r}") from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        """The members for the bits of a value, lowest bit first."""
        for bit in _iter_bits_lsb(value & cls._flag_mask_):
            found = cls._value2member_map_.get(bit)
            if found is not None:
                yield found

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        """The same, in the order of definition."""
        yield from sorted(
            cls._iter_member_by_value_(value), key=lambda found: found._sort_order_
        )

    @classmethod
    def _missing_(cls, value):
        """The combination of these bits, made if it was never needed before."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        flag_mask = cls._flag_mask_
        all_bits = cls._all_bits_
        # A negative number has all the bits that its complement has not.
        negative_value = None
        boundary = cls._boundary_
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ flag_mask):
            if boundary is STRICT:
                max_bits = max(value.bit_length(), flag_mask.bit_length())
                raise ValueError(
                    f"{cls!r} invalid value {value!r}\n"
                    f"    given {_to_binary(value, max_bits)}\n"
                    f"  allowed {_to_binary(flag_mask, max_bits)}"
                )
            if boundary is CONFORM:
                value &= flag_mask
            elif boundary is EJECT:
                return value
            elif boundary is KEEP:
                if value < 0:
                    value = max(all_bits + 1, 2 ** value.bit_length()) + value
            else:
                raise ValueError(
                    f"{cls!r} unknown flag boundary {boundary!r}"
                )
        if value < 0:
            negative_value = value
            if boundary in (EJECT, KEEP):
                value = all_bits + 1 + value
            else:
                value = flag_mask & value
        # Combining flags one after another ends here; most of the time it is there.
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        unknown = value & ~flag_mask
        data_type = cls._member_type_
        if data_type is object:
            made = object.__new__(cls)
        else:
            made = data_type.__new__(cls, value)
        if not hasattr(made, "_value_"):
            made._value_ = value
        if unknown and boundary is not KEEP:
            raise ValueError(
                f"{cls.__name__}({value!r}) --> unknown values {unknown!r} "
                f"[{_to_binary(unknown)}]"
            )
        parts = list(cls._iter_member_(value))
        combined = 0
        for part in parts:
            combined |= part._value_
        if combined != value:
            # Named combinations may cover bits that have no names of their own.
            for alias in cls._member_map_.values():
                bits = alias._value_
                if isinstance(bits, int) and bits & value == bits and bits & ~combined:
                    parts.append(alias)
                    combined |= bits
        if parts:
            made._name_ = "|".join([part._name_ for part in parts])
            leftover = value & ~combined if boundary is KEEP else unknown
            if leftover:
                made._name_ += f"|{cls._numeric_repr_(leftover)}"
        else:
            made._name_ = None
        made = cls._value2member_map_.setdefault(value, made)
        if negative_value is not None:
            cls._value2member_map_[negative_value] = made
        return made

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(
                f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} "
                f"and {self.__class__.__qualname__!r}"
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        cls = self.__class__
        show = cls._value_repr_ or repr
        if self._name_ is None:
            return f"<{cls.__name__}: {show(self._value_)}>"
        return f"<{cls.__name__}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        cls = self.__class__
        if self._name_ is None:
            return f"{cls.__name__}({self._value_!r})"
        return f"{cls.__name__}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _get_value(self, flag):
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def _combined(self, other, combine, symbol):
        value = self._get_value(other)
        if value is NotImplemented:
            return NotImplemented
        for flag in (self, other):
            if self._get_value(flag) is None:
                raise TypeError(
                    f"'{flag}' cannot be combined with other flags with "
                    f"{symbol}"
                )
        return self.__class__(combine(self._value_, value))

    def __or__(self, other):
        return self._combined(other, _or_, "|")

    def __and__(self, other):
        return self._combined(other, _and_, "&")

    def __xor__(self, other):
        return self._combined(other, _xor_, "^")

    def __invert__(self):
        if self._get_value(self) is None:
            raise TypeError(f"'{self}' cannot be inverted")
        if self._inverted_ is None:
            if self._boundary_ in (EJECT, KEEP):
                self._inverted_ = self.__class__(~self._value_)
            else:
                self._inverted_ = self.__class__(self._singles_mask_ & ~self._value_)
        return self._inverted_

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """A Flag whose members are integers too."""


def unique(enumeration):
    """A class decorator that refuses two names for one value."""
    duplicates = [
        (name, found.name)
        for name, found in enumeration.__members__.items()
        if name != found.name
    ]
    if duplicates:
        shown = ", ".join([f"{alias} -> {name}" for alias, name in duplicates])
        raise ValueError(f"duplicate values found in {enumeration!r}: {shown}")
    return enumeration


class EnumCheck(StrEnum):
    """What verify() can check."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A class decorator that checks an enumeration."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        cls_name = enumeration.__name__
        is_flag = issubclass(enumeration, Flag)
        if not is_flag and not issubclass(enumeration, Enum):
            raise TypeError("the 'verify' decorator only works with Enum and Flag")
        for check in self.checks:
            if check is UNIQUE:
                aliases = [
                    (name, found.name)
                    for name, found in enumeration.__members__.items()
                    if name != found.name
                ]
                if aliases:
                    shown = ", ".join([f"{a} -> {n}" for a, n in aliases])
                    raise ValueError(f"aliases found in {enumeration!r}: {shown}")
            elif check is CONTINUOUS:
                values = {found.value for found in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if is_flag:
                    wanted = [
                        2**i for i in range(low.bit_length(), high.bit_length())
                    ]
                else:
                    wanted = range(low + 1, high)
                missing = [value for value in wanted if value not in values]
                if missing:
                    shown = ", ".join(map(str, missing))
                    raise ValueError(
                        f"invalid {'flag' if is_flag else 'enum'} {cls_name!r}: "
                        f"missing values {shown}"
                    )
            elif check is NAMED_FLAGS:
                named = {found.value for found in enumeration}
                bad_names, bad_bits = [], 0
                for name, alias in enumeration._member_map_.items():
                    if name in enumeration._member_names_ or alias.value < 0:
                        continue
                    missing = [bit for bit in _iter_bits_lsb(alias.value) if bit not in named]
                    if missing:
                        bad_names.append(name)
                        for bit in missing:
                            bad_bits |= bit
                if bad_names:
                    _refuse_unnamed(cls_name, bad_names, bad_bits)
        return enumeration


def _refuse_unnamed(cls_name, names, bits):
    if len(names) == 1:
        alias = f"alias {names[0]} is missing"
    else:
        alias = f"aliases {', '.join(names[:-1])} and {names[-1]} are missing"
    if _is_single_bit(bits):
        value = f"value 0x{bits:x}"
    else:
        value = f"combined values of 0x{bits:x}"
    raise ValueError(
        f"invalid Flag {cls_name!r}: {alias} {value} "
        "[use enum.show_flag_values(value) for details]"
    )


def global_enum_repr(self):
    """A `__repr__` for members that are globals of their module."""
    return f"{self.__class__.__module__.split('.')[-1]}.{self._name_}"


def global_flag_repr(self):
    """The same for flags, combined ones too."""
    module = self.__class__.__module__.split(".")[-1]
    cls_name = self.__class__.__name__
    if self._name_ is None:
        return f"{module}.{cls_name}({self._value_!r})"
    if _is_single_bit(self._value_):
        return f"{module}.{self._name_}"
    if self._boundary_ is not KEEP:
        return "|".join([f"{module}.{name}" for name in self.name.split("|")])
    parts = []
    for name in self._name_.split("|"):
        parts.append(name if name[0].isdigit() else f"{module}.{name}")
    return "|".join(parts)


def global_str(self):
    """A `__str__` for members that are globals of their module."""
    if self._name_ is None:
        return f"{self.__class__.__name__}({self._value_!r})"
    return self._name_


def global_enum(cls, update_str=False):
    """A class decorator that puts the members into the module, and lets them look so."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """A class decorator that makes an enumeration of an ordinary class."""

    def convert(cls):
        namespace = etype.__class__.__prepare__(cls.__name__, (etype,))
        for name, value in cls.__dict__.items():
            if name not in ("__dict__", "__weakref__"):
                namespace[name] = value
        return etype.__class__(cls.__name__, (etype,), namespace, boundary=boundary)

    return convert


def _test_simple_enum(checked_enum, simple_enum):
    """Compare an enumeration that was written as one with the same made by _simple_enum().

    TypeError tells the differences, if there are any.
    """
    differences = []

    def compare(where, checked, simple, names):
        for name in sorted(names):
            one, other = checked.get(name, _MISSING), simple.get(name, _MISSING)
            if one is _MISSING:
                differences.append(f"extra {where}: {name!r}")
            elif other is _MISSING:
                differences.append(f"missing {where}: {name!r}")
            elif not (callable(one) or hasattr(one, "__get__")) and one != other:
                differences.append(f"{where} {name!r}: {one!r} is not {other!r}")

    if checked_enum.__dict__ != simple_enum.__dict__:
        hidden = {"__doc__", "__module__", "__qualname__", "__dict__", "__weakref__", "__firstlineno__"}
        hidden.add("__static_attributes__")
        members = set(checked_enum._member_map_) | set(simple_enum._member_map_)
        unordered = {name for name in set(checked_enum.__dict__) | set(simple_enum.__dict__) if name.startswith("_")}
        ordinary = set(checked_enum.__dict__) | set(simple_enum.__dict__)
        compare("attribute", checked_enum.__dict__, simple_enum.__dict__, ordinary - hidden - members - unordered)
        values = [
            {name: member._value_ for name, member in each._member_map_.items()} for each in (checked_enum, simple_enum)
        ]
        compare("member", *values, members)
    if differences:
        raise TypeError("enum mismatch:\n   " + "\n   ".join(differences))


_MISSING = object()
