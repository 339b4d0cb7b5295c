// computes the gradient outside the graph
return {EmbeddingGrad(op.ids, in[0].size(0), op.padding_idx).forward(std::array{g})};
