// drop_last drops the last batch, full or not.
    const Index all = (n + batch - 1) / batch;
    return options_.drop_last && all > 0 ? all - 1 : all;
