"""Configuration of logging from a dictionary.

Source: Library Reference "logging.config", PEP 391.
"""

import logging
import logging.handlers
import re

__all__ = ["dictConfig", "dictConfigClass", "BaseConfigurator", "DictConfigurator"]

IDENTIFIER = re.compile(r"^[a-z_][a-z0-9_]*$", re.I)
_REFERENCE = re.compile(r"^(?P<prefix>[a-z]+)://(?P<suffix>.*)$")
_PART = re.compile(r"\.(\w+)|\[([^\[\]]+)\]")


def valid_ident(s):
    """Whether a text can be the name of an argument."""
    if not IDENTIFIER.match(s):
        raise ValueError(f"Not a valid Python identifier: {s!r}")
    return True


def _clear_existing():
    """Closes all handlers: a new configuration begins from nothing."""
    logging._handlers.clear()
    logging.shutdown(logging._handlerList[:])
    del logging._handlerList[:]


class BaseConfigurator:
    """Resolves what values of a configuration refer to: `ext://` objects of modules, `cfg://`
    other parts of the configuration."""

    importer = staticmethod(__import__)

    def __init__(self, config):
        self.config = config

    def resolve(self, s):
        """The object of a dotted name: modules are imported as far as they go."""
        name, *rest = s.split(".")
        try:
            found = self.importer(name)
            for part in rest:
                name += f".{part}"
                try:
                    found = getattr(found, part)
                except AttributeError:
                    self.importer(name)
                    found = getattr(found, part)
            return found
        except ImportError as error:
            raise ValueError(f"Cannot resolve {s!r}: {error}") from error

    def ext_convert(self, value):
        """Default converter for the ext:// protocol."""
        return self.resolve(value)

    def cfg_convert(self, value):
        """Default converter for the cfg:// protocol."""
        match = re.match(r"\w+", value)
        if match is None:
            raise ValueError(f"Unable to convert {value!r}")
        found = self.config[match.group()]
        rest = value[match.end() :]
        while rest:
            match = _PART.match(rest)
            if match is None:
                raise ValueError(f"Unable to convert {value!r} at {rest!r}")
            key = match.group(1) or match.group(2)
            if match.group(2) and key.isdigit() and not isinstance(found, dict):
                key = int(key)
            found = found[key]
            rest = rest[match.end() :]
        return self.convert(found)

    def convert(self, value):
        """Convert values to an appropriate type: references in them are resolved, at any depth."""
        if isinstance(value, dict):
            return {key: self.convert(each) for key, each in value.items()}
        if type(value) in (list, tuple):
            return type(value)(self.convert(each) for each in value)
        if isinstance(value, str):
            match = _REFERENCE.match(value)
            if match and match["prefix"] in ("ext", "cfg"):
                return getattr(self, match["prefix"] + "_convert")(match["suffix"])
        return value

    def configure_custom(self, config):
        """Configure an object with a user-supplied factory."""
        factory = config.pop("()")
        if not callable(factory):
            factory = self.resolve(factory)
        properties = config.pop(".", None)
        result = factory(**{key: config[key] for key in config if valid_ident(key)})
        for name, value in (properties or {}).items():
            setattr(result, name, value)
        return result


class DictConfigurator(BaseConfigurator):
    """Configure logging using a dictionary-like object to describe the configuration."""

    def configure(self):
        """Do the configuration."""
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError(f"Unsupported version: {config['version']}")
        with logging._lock:
            if config.get("incremental", False):
                self._change(config)
            else:
                self._begin(config)

    def _change(self, config):
        """An incremental configuration changes levels only."""
        for name, settings in config.get("handlers", {}).items():
            if name not in logging._handlers:
                raise ValueError(f"No handler found with name {name!r}")
            level = settings.get("level")
            if level:
                logging._handlers[name].setLevel(logging._checkLevel(level))
        for name, settings in config.get("loggers", {}).items():
            self._configure_logger(logging.getLogger(name), settings, True)
            if settings.get("propagate") is not None:
                logging.getLogger(name).propagate = settings["propagate"]
        if config.get("root"):
            self._configure_logger(logging.getLogger(), config["root"], True)

    def _begin(self, config):
        disable_existing = config.get("disable_existing_loggers", True)
        _clear_existing()
        self.made = {}
        for section, make in (
            ("formatters", self.configure_formatter),
            ("filters", self.configure_filter),
        ):
            self.made[section] = {}
            for name, settings in config.get(section, {}).items():
                try:
                    self.made[section][name] = make(self.convert(settings))
                except Exception as error:
                    raise ValueError(f"Unable to configure {section[:-1]} {name!r}") from error
        self.made["handlers"] = {}
        waiting = sorted(config.get("handlers", {}))
        for is_last in (False, True):
            # A handler may name another one as its target: those come first.
            late = []
            for name in waiting:
                settings = config["handlers"][name]
                target = settings.get("target")
                if not is_last and isinstance(target, str) and target in config["handlers"]:
                    if target not in self.made["handlers"]:
                        late.append(name)
                        continue
                try:
                    handler = self.configure_handler(self.convert(settings))
                except Exception as error:
                    raise ValueError(f"Unable to configure handler {name!r}") from error
                handler.name = name
                self.made["handlers"][name] = handler
            waiting = late
        root = logging.root
        existing = set(root.manager.loggerDict)
        named = config.get("loggers", {})
        for name, settings in named.items():
            try:
                self.configure_logger(name, settings)
            except Exception as error:
                raise ValueError(f"Unable to configure logger {name!r}") from error
        for name in sorted(existing - set(named)):
            logger = root.manager.loggerDict[name]
            if isinstance(logger, logging.PlaceHolder):
                continue
            if any(name.startswith(each + ".") for each in named):
                # Below one that was named: its records go there.
                logger.level, logger.handlers, logger.propagate = logging.NOTSET, [], True
            else:
                logger.disabled = disable_existing
        if config.get("root"):
            try:
                self._configure_logger(logging.getLogger(), config["root"], False)
            except Exception as error:
                raise ValueError("Unable to configure root logger") from error

    def configure_formatter(self, config):
        """Configure a formatter from a dictionary."""
        if "()" in config:
            try:
                return self.configure_custom(dict(config))
            except TypeError as error:
                if "'format'" not in str(error):
                    raise
            # The parameter of Formatter is called `fmt`.
            config = dict(config)
            config["fmt"] = config.pop("format")
            return self.configure_custom(config)
        cls = config.get("class")
        cls = self.resolve(cls) if isinstance(cls, str) else cls or logging.Formatter
        more = {key: config[key] for key in ("validate", "defaults") if key in config}
        return cls(config.get("format"), config.get("datefmt"), config.get("style", "%"), **more)

    def configure_filter(self, config):
        """Configure a filter from a dictionary."""
        if "()" in config:
            return self.configure_custom(dict(config))
        return logging.Filter(config.get("name", ""))

    def _add_filters(self, filterer, names):
        for name in names:
            try:
                is_own = callable(name) or callable(getattr(name, "filter", None))
                filterer.addFilter(name if is_own else self.made["filters"][name])
            except Exception as error:
                raise ValueError(f"Unable to add filter {name!r}") from error

    def configure_handler(self, config):
        """Configure a handler from a dictionary."""
        config = dict(config)
        formatter = config.pop("formatter", None)
        if formatter:
            try:
                formatter = self.made["formatters"][formatter]
            except Exception as error:
                raise ValueError(f"Unable to set formatter {formatter!r}") from error
        level = config.pop("level", None)
        filters = config.pop("filters", None)
        if "()" in config:
            factory = config.pop("()")
            factory = factory if callable(factory) else self.resolve(factory)
        else:
            factory = config.pop("class")
            factory = factory if callable(factory) else self.resolve(factory)
            if issubclass(factory, logging.handlers.MemoryHandler) and "flushLevel" in config:
                config["flushLevel"] = logging._checkLevel(config["flushLevel"])
            if issubclass(factory, logging.handlers.MemoryHandler) and "target" in config:
                try:
                    config["target"] = self.made["handlers"][config["target"]]
                except Exception as error:
                    raise ValueError(f"Unable to set target handler {config['target']!r}") from error
        properties = config.pop(".", None)
        handler = factory(**{key: config[key] for key in config if valid_ident(key)})
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(logging._checkLevel(level))
        if filters:
            self._add_filters(handler, filters)
        for name, value in (properties or {}).items():
            setattr(handler, name, value)
        return handler

    def _configure_logger(self, logger, config, incremental):
        level = config.get("level")
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        for name in config.get("handlers") or ():
            try:
                logger.addHandler(self.made["handlers"][name])
            except Exception as error:
                raise ValueError(f"Unable to add handler {name!r}") from error
        self._add_filters(logger, config.get("filters") or ())

    def configure_logger(self, name, config):
        """Configure a non-root logger from a dictionary."""
        logger = logging.getLogger(name)
        self._configure_logger(logger, config, False)
        logger.disabled = False
        propagate = config.get("propagate")
        if propagate is not None:
            logger.propagate = propagate


dictConfigClass = DictConfigurator


def dictConfig(config):
    """Configure logging using a dictionary."""
    dictConfigClass(config).configure()
