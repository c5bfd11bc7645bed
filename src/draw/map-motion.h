/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemMapMotion: a map on its way from one picture to another of the same units: after Refit, other components, another
 * projection.  The old places are turned onto the new ones (orthogonal Procrustes); the motion undoes that turn - as a turn, or as
 * a card that is flipped when it mirrors - while each point walks the rest of its way in a straight line.  So a mere rotation of
 * the axes looks like one, and no cloud collapses on the way. */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

typedef struct _SemMapMotion SemMapMotion;

/* sem_map_motion_new: from and to are maps.  NULL when they do not show the same units, or show them in the same way and so
 * differ by no more than the window one looks through. */
SemMapMotion *sem_map_motion_new (SemLayout *from, SemLayout *to);
void sem_map_motion_free (SemMapMotion *self);
/* The layout at t in 0..1, where 1 is `to` itself.  Cost: O(n), no label is placed. */
SemLayout *sem_map_motion_dup_layout (const SemMapMotion *self, double t);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemMapMotion, sem_map_motion_free)

G_END_DECLS
