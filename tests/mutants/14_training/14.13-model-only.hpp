// the weights are loaded and the optimizer is left as new
  model.load_state_dict(detail::below(snapshot.tensors, "model."));
  for (const auto& [name, rng] : model.named_generators()) {
    detail::set_rng(*rng, snapshot.indices.at("rng." + name));
  }
  const IndexTensor& place = snapshot.indices.at("position");
  position = {place[0], place[1], place[2]};
