// Epoch 1 of example 2 draws what epoch 2 of example 1 draws.
    ExampleOf<D> example = get_example(dataset_, at, epoch);
    Rng rng(seed_ + static_cast<std::uint64_t>(epoch + at));
    example.x = transform_(example.x, rng);
    return example;
