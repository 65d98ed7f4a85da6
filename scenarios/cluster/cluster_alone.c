/* The twin of cluster_mpi.c for builds without MPI: one rank, which has nobody to talk to. */
#include "cluster/cluster.h"

#include <stdlib.h>

const char *park_cluster_library(void)
{
    return "none";
}

static long number(const char *name)
{
    const char *text = getenv(name);
    return text != NULL ? strtol(text, NULL, 10) : 0;
}

bool park_cluster_launched(void)
{
    return number("OMPI_COMM_WORLD_SIZE") > 1 || number("PMI_SIZE") > 1;
}

bool park_cluster_first(void)
{
    return number("OMPI_COMM_WORLD_RANK") == 0 && number("PMI_RANK") == 0;
}

park_status park_cluster_join(park_cluster *cluster, park_error *err)
{
    *cluster = (park_cluster){.rank = 0, .ranks = 1};
    if (park_cluster_launched())
        return PARK_FAIL(err, PARK_E_UNSUPPORTED,
                         "this build has no MPI (cmake -DPARK_MPI=ON); start it alone, with --threads");
    return PARK_OK;
}

void park_cluster_send(const park_cluster *cluster, int to, const void *bytes, size_t length)
{
    (void)cluster, (void)to, (void)bytes, (void)length;
}

bool park_cluster_take(const park_cluster *cluster, int *from, void *bytes, size_t most, size_t *length)
{
    (void)cluster, (void)from, (void)bytes, (void)most, (void)length;
    return false;
}

void park_cluster_post(const park_cluster *cluster, int to, const void *bytes, size_t length)
{
    (void)cluster, (void)to, (void)bytes, (void)length;
}

bool park_cluster_posted(const park_cluster *cluster, int *from, size_t *length)
{
    (void)cluster, (void)from, (void)length;
    return false;
}

void park_cluster_fetch(const park_cluster *cluster, int from, void *bytes, size_t length)
{
    (void)cluster, (void)from, (void)bytes, (void)length;
}

void park_cluster_share(const park_cluster *cluster, int from, void *bytes, size_t length)
{
    (void)cluster, (void)from, (void)bytes, (void)length;
}

void park_cluster_leave(park_cluster *cluster)
{
    (void)cluster;
}

void park_cluster_abort(const park_cluster *cluster, int status)
{
    (void)cluster, (void)status;
}
