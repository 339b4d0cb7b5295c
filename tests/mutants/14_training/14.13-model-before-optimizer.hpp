// the model is changed before the optimizer had its chance to refuse
  model.load_state_dict(detail::below(snapshot.tensors, "model."));
  optimizer.load_state_dict(detail::below(snapshot.tensors, "optimizer."));
  for (const auto& [name, rng] : model.named_generators()) {
    detail::set_rng(*rng, snapshot.indices.at("rng." + name));
  }
  const IndexTensor& place = snapshot.indices.at("position");
  position = {place[0], place[1], place[2]};
