// get(-1) is the last example, but draws other numbers.
    ExampleOf<D> example = get_example(dataset_, at, epoch);
    Rng rng(derive_seed(seed_, {epoch, i}));
    example.x = transform_(example.x, rng);
    return example;
