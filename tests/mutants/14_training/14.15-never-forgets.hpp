// nobody forgets the gradients of the step before
    const double share = 1 / static_cast<double>(options_.accumulate);
    for (Index k = 0; k < options_.accumulate; ++k) {
      const BatchLoss batch = losses.at(position_.epoch, position_.batch);
      (batch.loss * static_cast<real>(share)).backward();
      report.loss += static_cast<double>(batch.loss.item()) * share;
      report.examples += batch.examples;
      position_ = next_batch(position_, losses.batches);
    }
    report.grad_norm = clip_grad_norm(model_.parameters(), options_.clip_norm);
    if (options_.schedule) optimizer_.set_lr(options_.schedule(position_.step));
    report.lr = optimizer_.lr();
    optimizer_.step();
    ++position_.step;
