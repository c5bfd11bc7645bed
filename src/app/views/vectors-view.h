/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemVectorsView: the numbers of the chosen units as strips. */
#pragma once

#include "app/views/view.h"

G_BEGIN_DECLS

#define SEM_TYPE_VECTORS_VIEW (sem_vectors_view_get_type ())
G_DECLARE_FINAL_TYPE (SemVectorsView, sem_vectors_view, SEM, VECTORS_VIEW, SemView)

G_END_DECLS
