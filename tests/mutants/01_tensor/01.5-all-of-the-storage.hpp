// Asks whether the whole storage is seen: so does a transpose, in another order.
    return numel() == storage()->size();
