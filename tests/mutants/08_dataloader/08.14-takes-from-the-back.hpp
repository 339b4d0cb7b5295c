// A stack and not a queue.
    std::unique_lock lock(mutex_);
    has_items_.wait(lock, [&] { return !items_.empty() || closed_; });
    if (items_.empty()) return std::nullopt;
    std::optional<T> last(std::move(items_.back()));
    items_.pop_back();
    has_room_.notify_one();
    return last;
