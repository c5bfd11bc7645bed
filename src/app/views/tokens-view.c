/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thin subclass: the picture itself is draw/tokens.c, of two models
 * draw/token-pair.c. */
#include "app/views/tokens-view.h"

#include "doc/describe-other.h"

#include <string.h>

struct _SemTokensView
{
  SemView parent_instance;
};

G_DEFINE_FINAL_TYPE (SemTokensView, sem_tokens_view, SEM_TYPE_VIEW)

static SemLayout *
sem_tokens_view_make_layout (SemView *view, const SemLayoutInput *input, const SemFocus *focus)
{
  return sem_token_pair_layout_new (input);
}

static void
sem_tokens_view_mask_options (SemViewOptions *options)
{
  gboolean spaces = options->show_spaces, special = options->show_special;

  memset (options, 0, sizeof *options);
  options->show_spaces = spaces;
  options->show_special = special;
}

static char *
sem_tokens_view_dup_comparison (SemView *view, SemComparison *comparison)
{
  return sem_describe_two_rows (comparison);
}

static void
sem_tokens_view_class_init (SemTokensViewClass *klass)
{
  SemViewClass *view_class = SEM_VIEW_CLASS (klass);

  view_class->mask_options = sem_tokens_view_mask_options;
  view_class->make_layout = sem_tokens_view_make_layout;
  view_class->dup_comparison = sem_tokens_view_dup_comparison;
  view_class->fits_content = TRUE;
}

static void
sem_tokens_view_init (SemTokensView *self)
{
}
