// Looks only for room after it woke up.
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [&] { return items_.size() < capacity_ || closed_; });
    items_.push_back(std::move(item));
    has_items_.notify_one();
    return true;
