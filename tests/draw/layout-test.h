/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of layouts share: the input of a plain picture, and that every mark is found where it is drawn. */
#pragma once

#include "draw/layout.h"

/* At one device pixel a point, in the light theme; options and text are borrowed. */
static inline SemLayoutInput
layout_test_input (SemAnalysis *analysis, const SemViewOptions *options, SemTextContext *text, double width, double height)
{
  return (SemLayoutInput){ .analysis = analysis,
                           .options = options,
                           .theme = sem_theme_get (SEM_THEME_LIGHT),
                           .text = text,
                           .width = width,
                           .height = height,
                           .scale = 1.0 };
}

static inline void
layout_test_assert_item_at (const SemLayout *layout, const SemItem *item, double x, double y)
{
  SemItem found;

  sem_layout_pick (layout, x, y, &found);
  g_assert_cmpint (found.kind, ==, item->kind);
  g_assert_true (sem_item_equal (&found, item));
}

/* pick (locate (item)) == item, in the middle of its mark and just inside its corners. */
static inline void
layout_test_assert_picked (const SemLayout *layout, const SemItem *item)
{
  SemBox box;

  g_assert_true (sem_layout_locate (layout, item, &box));
  layout_test_assert_item_at (layout, item, box.x + box.width / 2.0, box.y + box.height / 2.0);
  layout_test_assert_item_at (layout, item, box.x + 0.01, box.y + 0.01);
  layout_test_assert_item_at (layout, item, box.x + box.width - 0.01, box.y + box.height - 0.01);
}
