#include "design/neighbourhood.h"

#include <math.h>
#include <string.h>

enum { PATIENCE = 4 };
static const double FIRST = 0.2, LEAST = 0.01, MOST = 0.8; /* radii [-] */
static const double WIDER = 1.6, NARROWER = 0.5;
static const double WINS = 1e-4; /* a point counts as better by so much of its cost [-] */

void park_neighbourhood_begin(park_neighbourhood *n)
{
    n->radius = FIRST, n->vain = 0, n->tried = INFINITY;
    n->work = n->lps = n->shared = 0;
}

bool park_neighbourhood_open(const park_neighbourhood *n)
{
    return n->incumbent->has_x && n->program->products > 0 && !n->settings->alone &&
           n->settings->decides == NULL && (n->vain < PATIENCE || n->incumbent->best < n->tried);
}

/* The root's box with concentrations near the incumbent's. */
static void near_incumbent(const park_neighbourhood *n, double *lo, double *hi)
{
    const park_program *p = n->program;
    const double       *x = n->incumbent->x;
    for (size_t j = 0; j < p->cols; j++) {
        lo[j] = n->root->lo[j], hi[j] = n->root->hi[j];
        double width = hi[j] - lo[j];
        if (p->col_class[j] != PARK_COL_CONC || !isfinite(width))
            continue;
        double at = fmin(fmax(x[j], lo[j]), hi[j]);
        lo[j]     = fmax(lo[j], at - n->radius * width);
        hi[j]     = fmin(hi[j], at + n->radius * width);
    }
}

/* Searched to the end: wider next time; ended by its limit: narrower. */
static void move_radius(park_neighbourhood *n, bool better, bool ended)
{
    if (better) {
        n->vain = 0;
        return;
    }
    n->vain++;
    n->radius = fmin(fmax(n->radius * (ended ? WIDER : NARROWER), LEAST), MOST);
}

park_status park_neighbourhood_search(park_neighbourhood *n, uint64_t most, double deadline, park_root basis)
{
    park_program       p   = *n->program;
    park_arena        *own = park_arena_new();
    park_tree_settings settings;
    park_tree_result   result;
    double             before = n->incumbent->best;
    if (n->incumbent->best < n->tried && n->vain >= PATIENCE)
        n->radius = FIRST;
    p.col_lo = PARK_ARRAY(own, p.cols, double), p.col_hi = PARK_ARRAY(own, p.cols, double);
    if (p.col_lo == NULL || p.col_hi == NULL) {
        park_arena_free(own);
        return PARK_E_MEMORY;
    }
    near_incumbent(n, p.col_lo, p.col_hi);
    park_tree_settings_default(&settings);
    settings.gap = WINS, settings.work_limit = most, settings.threads = n->threads;
    settings.start = n->incumbent->x, settings.root = basis, settings.blocks = PARK_BLOCKS_NEVER;
    settings.seed = n->settings->seed + n->work, settings.cancel = n->settings->cancel, settings.alone = true;
    settings.time_limit = deadline;
    park_status status  = park_tree_solve(&p, &settings, own, &result, NULL);
    if (status == PARK_OK) {
        n->work += result.work, n->lps += result.lps, n->shared += result.shared;
        if (result.x != NULL && result.objective < before - WINS * fabs(before))
            park_incumbent_keep(n->incumbent, result.x, result.objective);
        move_radius(n, n->incumbent->best < before, result.status != PARK_TREE_LIMIT_FEASIBLE);
        n->tried = n->incumbent->best;
    }
    park_arena_free(own);
    return status;
}
