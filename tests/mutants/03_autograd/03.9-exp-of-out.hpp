// Takes exp once more, of the result.
  return {g * exp(out)};
