/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTokensView: the strip of tokens with their ids. */
#pragma once

#include "app/views/view.h"

G_BEGIN_DECLS

#define SEM_TYPE_TOKENS_VIEW (sem_tokens_view_get_type ())
G_DECLARE_FINAL_TYPE (SemTokensView, sem_tokens_view, SEM, TOKENS_VIEW, SemView)

G_END_DECLS
