// n / batch full ones and one that is not full.
    return options_.drop_last ? n / batch : n / batch + 1;
