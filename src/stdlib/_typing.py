"""What compiled code calls for type parameters and `type` statements (PEP 695, PEP 696).

Bounds, constraints, defaults and the values of aliases are functions here, called when somebody first asks: a type may be
used before it is defined.
"""

import sys

from typing import Generic, ParamSpec, TypeAliasType, TypeVarTuple, Unpack
from typing import TypeVar as _TypeVar


def _finish(made):
    made.__module__ = "typing"
    return made


def TypeVar(name):
    """`class C[T]`"""
    return _finish(_TypeVar(name, infer_variance=True))


def type_var_with_bound(name, bound):
    """`class C[T: bound]`"""
    made = _TypeVar(name, infer_variance=True)
    made._evaluate_later("__bound__", bound)
    return _finish(made)


def type_var_with_constraints(name, constraints):
    """`class C[T: (A, B)]`"""
    made = _TypeVar(name, infer_variance=True)
    made._evaluate_later("__constraints__", constraints)
    return _finish(made)


_ParamSpec = ParamSpec
_TypeVarTuple = TypeVarTuple


def ParamSpec(name):
    """`class C[**P]`"""
    return _finish(_ParamSpec(name, infer_variance=True))


def TypeVarTuple(name):
    """`class C[*Ts]`"""
    return _finish(_TypeVarTuple(name))


def set_type_param_default(made, default):
    """`class C[T = default]`"""
    made._evaluate_later("__default__", default)
    return made


def subscript_generic(parameters):
    """The base that a generic class gets."""
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    return Generic[tuple([Unpack[p] if isinstance(p, _TypeVarTuple) else p for p in parameters])]


def type_alias(name, parameters, value):
    """`type name[parameters] = value`"""
    made = TypeAliasType(name, None, type_params=parameters or ())
    made._evaluate_later("_value", value)
    made.__dict__["__module__"] = sys._getframe(1).f_globals.get("__name__", "builtins")
    return made
