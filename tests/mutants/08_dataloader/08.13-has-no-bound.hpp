// Never waits: the whole epoch ends up in memory.
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    items_.push_back(std::move(item));
    has_items_.notify_one();
    return true;
