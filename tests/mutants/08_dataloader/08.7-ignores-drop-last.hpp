// Rounds up in any case.
    return (n + batch - 1) / batch;
