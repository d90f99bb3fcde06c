"""Guess the MIME type of a file.

Source: Standard Library, "mimetypes"; the IANA registry of media types.
"""

import os
import posixpath
import urllib.parse

__all__ = [
    "knownfiles", "inited", "MimeTypes", "guess_type", "guess_file_type", "guess_all_extensions", "guess_extension",
    "add_type", "init", "read_mime_types", "suffix_map", "encodings_map", "types_map", "common_types",
]

knownfiles = []
inited = False
_db = None

suffix_map = {
    ".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz",
}
encodings_map = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}

# The extensions of each type; the first is the usual one.
_TYPES = """
text/javascript .js .mjs
application/json .json
application/manifest+json .webmanifest
application/msword .doc .dot .wiz
application/n-quads .nq
application/n-triples .nt
application/octet-stream .bin .a .dll .exe .o .obj .so
application/oda .oda
application/pdf .pdf
application/pkcs7-mime .p7c
application/postscript .ps .ai .eps
application/trig .trig
application/vnd.apple.mpegurl .m3u .m3u8
application/vnd.ms-excel .xls .xlb
application/vnd.ms-powerpoint .ppt .pot .ppa .pps .pwz
application/wasm .wasm
application/x-bcpio .bcpio
application/x-cpio .cpio
application/x-csh .csh
application/x-dvi .dvi
application/x-gtar .gtar
application/x-hdf .hdf
application/x-hdf5 .h5
application/x-latex .latex
application/x-mif .mif
application/x-netcdf .cdf .nc
application/x-pkcs12 .p12 .pfx
application/x-pn-realaudio .ram
application/x-python-code .pyc .pyo
application/x-sh .sh
application/x-shar .shar
application/x-shockwave-flash .swf
application/x-sv4cpio .sv4cpio
application/x-sv4crc .sv4crc
application/x-tar .tar
application/x-tcl .tcl
application/x-tex .tex
application/x-texinfo .texi .texinfo
application/x-troff .roff .t .tr
application/x-troff-man .man
application/x-troff-me .me
application/x-troff-ms .ms
application/x-ustar .ustar
application/x-wais-source .src
application/xml .xsl .rdf .wsdl .xpdl
application/zip .zip
audio/3gpp .3gp .3gpp
audio/3gpp2 .3g2 .3gpp2
audio/aac .aac .adts .loas .ass
audio/basic .au .snd
audio/mpeg .mp3 .mp2
audio/opus .opus
audio/x-aiff .aif .aifc .aiff
audio/x-pn-realaudio .ra
audio/x-wav .wav
image/avif .avif
image/bmp .bmp
image/gif .gif
image/ief .ief
image/jpeg .jpg .jpe .jpeg
image/heic .heic
image/heif .heif
image/png .png
image/svg+xml .svg
image/tiff .tiff .tif
image/vnd.microsoft.icon .ico
image/webp .webp
image/x-cmu-raster .ras
image/x-portable-anymap .pnm
image/x-portable-bitmap .pbm
image/x-portable-graymap .pgm
image/x-portable-pixmap .ppm
image/x-rgb .rgb
image/x-xbitmap .xbm
image/x-xpixmap .xpm
image/x-xwindowdump .xwd
message/rfc822 .eml .mht .mhtml .nws
text/css .css
text/csv .csv
text/html .html .htm
text/markdown .md .markdown
text/n3 .n3
text/plain .txt .bat .c .h .ksh .pl .srt
text/richtext .rtx
text/rtf .rtf
text/tab-separated-values .tsv
text/vtt .vtt
text/x-python .py
text/x-rst .rst
text/x-setext .etx
text/x-sgml .sgm .sgml
text/x-vcard .vcf
text/xml .xml
video/mp4 .mp4
video/mpeg .mpeg .m1v .mpa .mpe .mpg
video/quicktime .mov .qt
video/webm .webm
video/x-msvideo .avi
video/x-sgi-movie .movie
"""


def _read(text):
    return {extension: row.split()[0] for row in text.strip().splitlines() for extension in row.split()[1:]}


types_map = _types_map_default = _read(_TYPES)
common_types = {
    ".rtf": "application/rtf", ".jpg": "image/jpg", ".mid": "audio/midi", ".midi": "audio/midi", ".pic": "image/pict",
    ".pct": "image/pict", ".pict": "image/pict", ".webp": "image/webp", ".xul": "text/xul",
}


class MimeTypes:
    """MIME-types datastore: types and encodings by extension, the strict ones and the commonly used."""

    def __init__(self, filenames=(), strict=True):
        self.encodings_map = encodings_map.copy()
        self.suffix_map = suffix_map.copy()
        # Common types first, the strict ones second, as the flag has them.
        self.types_map = ({}, {})
        self.types_map_inv = ({}, {})
        for extension, type in types_map.items():
            self.add_type(type, extension, True)
        for extension, type in common_types.items():
            self.add_type(type, extension, False)
        for name in filenames:
            self.read(name, strict)

    def add_type(self, type, ext, strict=True):
        """Add a mapping between a type and an extension."""
        if not type:
            return
        self.types_map[bool(strict)][ext] = type
        extensions = self.types_map_inv[bool(strict)].setdefault(type, [])
        if ext not in extensions:
            extensions.append(ext)

    def guess_type(self, url, strict=True):
        """Guess the type of a file which is either a URL or a path-like object: (type, encoding)."""
        url = os.fspath(url)
        parts = urllib.parse.urlparse(url)
        if parts.scheme and len(parts.scheme) > 1:
            scheme = parts.scheme
            url = parts.path
            if scheme == "data":
                comma = url.find(",")
                if comma < 0:
                    return None, None
                semicolon = url.find(";", 0, comma)
                type = url[:semicolon if semicolon >= 0 else comma]
                if "=" in type or "/" not in type:
                    type = "text/plain"
                return type, None
        return self._guess(url, strict, posixpath.splitext)

    def guess_file_type(self, path, *, strict=True):
        """Guess the type of a file based on its path."""
        return self._guess(os.fsdecode(path), strict, os.path.splitext)

    def _guess(self, path, strict, splitext):
        base, extension = splitext(path)
        while (lower := extension.lower()) in self.suffix_map:
            base, extension = splitext(base + self.suffix_map[lower])
        encoding = None
        if extension in self.encodings_map:
            encoding = self.encodings_map[extension]
            base, extension = splitext(base)
        extension = extension.lower()
        maps = [self.types_map[True]] if strict else [self.types_map[True], self.types_map[False]]
        for known in maps:
            if extension in known:
                return known[extension], encoding
        return None, encoding

    def guess_all_extensions(self, type, strict=True):
        """Guess the extensions for a file based on its MIME type."""
        type = type.lower()
        extensions = list(self.types_map_inv[True].get(type, []))
        if not strict:
            extensions += [other for other in self.types_map_inv[False].get(type, []) if other not in extensions]
        return extensions

    def guess_extension(self, type, strict=True):
        """Guess the extension for a file based on its MIME type."""
        extensions = self.guess_all_extensions(type, strict)
        return extensions[0] if extensions else None

    def read(self, filename, strict=True):
        """Read a single mime.types-format file, specified by pathname."""
        with open(filename, encoding="utf-8") as file:
            self.readfp(file, strict)

    def readfp(self, fp, strict=True):
        """Read a single mime.types-format file."""
        for line in fp:
            words = line.partition("#")[0].split()
            for extension in words[1:]:
                self.add_type(words[0], "." + extension, strict)


def _database():
    if _db is None:
        init()
    return _db


def init(files=None):
    """Make the datastore anew, with the files read into it."""
    global suffix_map, types_map, encodings_map, common_types, inited, _db
    inited = True
    database = MimeTypes() if files is None or _db is None else _db
    for name in files or ():
        if os.path.isfile(name):
            database.read(name)
    encodings_map = database.encodings_map
    suffix_map = database.suffix_map
    types_map = database.types_map[True]
    common_types = database.types_map[False]
    _db = database


def guess_type(url, strict=True):
    """Guess the type of a file based on its URL: (type, encoding)."""
    return _database().guess_type(url, strict)


def guess_file_type(path, *, strict=True):
    """Guess the type of a file based on its path."""
    return _database().guess_file_type(path, strict=strict)


def guess_all_extensions(type, strict=True):
    """Guess the extensions for a file based on its MIME type."""
    return _database().guess_all_extensions(type, strict)


def guess_extension(type, strict=True):
    """Guess the extension for a file based on its MIME type."""
    return _database().guess_extension(type, strict)


def add_type(type, ext, strict=True):
    """Add a mapping between a type and an extension."""
    return _database().add_type(type, ext, strict)


def read_mime_types(file):
    """The types in a file of the form of mime.types; None when there is no such file."""
    try:
        opened = open(file, encoding="utf-8")
    except OSError:
        return None
    with opened:
        database = MimeTypes()
        database.readfp(opened, True)
        return database.types_map[True]
