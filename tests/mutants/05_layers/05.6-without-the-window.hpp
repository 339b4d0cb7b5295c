// right for matrices only
return {shape[1], shape[0]};
