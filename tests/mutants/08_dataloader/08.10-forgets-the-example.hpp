// The same crop for every example of an epoch.
    ExampleOf<D> example = get_example(dataset_, at, epoch);
    Rng rng(derive_seed(seed_, {epoch}));
    example.x = transform_(example.x, rng);
    return example;
