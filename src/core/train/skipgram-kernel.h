/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loop of skip-gram with negative sampling: one window at a time as two small matrix products.
 *
 * One window is m input rows (its context words) against k output rows (row 0 the centre word, the others negative
 * samples shared by the whole window).  With label y_0 = 1, y_j = 0 otherwise, the objective of the window is
 *   L = sum_ij  y_j log s(x_i . o_j) + (1 - y_j) log s(-x_i . o_j),   s the logistic function,
 * and the step is   x_i += a sum_j g_ij o_j,   o_j += a sum_i g_ij x_i,   g_ij = y_j - s(x_i . o_j),
 * both with the values from before the step.  Mikolov et al. 2013; negatives shared across the window after Ji et al.
 * 2016 (pWord2Vec), which turns vector products into products of matrices that stay in the first-level cache. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SEM_KERNEL_MAX_INPUTS 64
#define SEM_KERNEL_MAX_OUTPUTS 64
#define SEM_KERNEL_LANES 8 /* the dimension is a multiple of it, and rows are aligned to it */

/* sem_skip_gram_step: one step on one window.  inputs: n_inputs distinct or repeated rows of dim floats; outputs: n_outputs
 * rows, the first with label 1.  A row that stands twice among the inputs gets one of its two updates (as with
 * Hogwild threads).  scratch: n_inputs * dim floats, aligned as the rows are.  Thread: any, racing on rows is accepted by design. */
void sem_skip_gram_step (float *const *inputs,
                         gsize n_inputs,
                         float *const *outputs,
                         gsize n_outputs,
                         gsize dim,
                         float rate,
                         float *scratch);
/* The same by the formula, one product after the other: what the tuned one is tested against. */
void sem_skip_gram_step_plain (float *const *inputs,
                               gsize n_inputs,
                               float *const *outputs,
                               gsize n_outputs,
                               gsize dim,
                               float rate,
                               float *scratch);
/* The window's objective L, in double; the finite-difference test differentiates it. */
double sem_skip_gram_objective (float *const *inputs,
                                gsize n_inputs,
                                float *const *outputs,
                                gsize n_outputs,
                                gsize dim);

G_END_DECLS
