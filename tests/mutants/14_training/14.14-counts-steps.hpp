// each batch is taken to be a step, which is wrong as soon as batches share one
  ++position.step;
  if (++position.batch == batches) {
    position.batch = 0;
    ++position.epoch;
  }
  return position;
