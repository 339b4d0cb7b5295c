// the position is read as steps only: the data begin again
  optimizer.load_state_dict(detail::below(snapshot.tensors, "optimizer."));
  model.load_state_dict(detail::below(snapshot.tensors, "model."));
  for (const auto& [name, rng] : model.named_generators()) {
    detail::set_rng(*rng, snapshot.indices.at("rng." + name));
  }
  position = {snapshot.indices.at("position")[0], 0, 0};
