import warnings

warnings.warn('the file is empty')
