import json.reader.words
