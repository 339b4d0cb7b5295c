// Finished batches are lost when the producer is done.
    std::unique_lock lock(mutex_);
    has_items_.wait(lock, [&] { return !items_.empty() || closed_; });
    if (closed_) return std::nullopt;
    std::optional<T> first(std::move(items_.front()));
    items_.pop_front();
    has_room_.notify_one();
    return first;
