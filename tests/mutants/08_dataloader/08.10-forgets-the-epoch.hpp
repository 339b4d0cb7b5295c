// The same crop in every epoch.
    ExampleOf<D> example = get_example(dataset_, at, epoch);
    Rng rng(derive_seed(seed_, {at}));
    example.x = transform_(example.x, rng);
    return example;
