// Always copies: right values, but the result no longer shares its memory.
  return clone().view(target);
