// gelu in its exact form, which GPT-2 was not trained with
    return dropout(c_proj(gelu(c_fc(x))));
