/** @file `lab knowledge`: measures of the knowledge graph, and files for other programs. */

import { writeFile } from 'node:fs/promises'
import { Fault } from '../../shared/base/errors.ts'
import { analyse } from '../../shared/pipeline/knowledge/analytics.ts'
import { toCsv } from '../../shared/pipeline/knowledge/export-csv.ts'
import { toGraphml } from '../../shared/pipeline/knowledge/export-graphml.ts'
import { toJson } from '../../shared/pipeline/knowledge/export-json.ts'
import type { HostContext } from './host-context.ts'
import { withProject } from './workspace.ts'

export async function knowledgeOf(
  directory: string,
  { format, out }: { format?: 'graphml' | 'csv' | 'json'; out?: string },
  _host: HostContext,
) {
  return withProject(directory, async (project) => {
    const graph = project.library.knowledge()
    if (graph.nodes.length === 0) {
      throw new Fault(
        'no-documents',
        'The knowledge graph is empty.',
        'Add documents first: lab ingest DIR FOLDER.',
        project.folder,
      )
    }
    const measures = analyse(graph, { seed: project.file.seed })
    const files: string[] = []
    const write = async (path: string, text: string) => {
      await writeFile(path, text)
      files.push(path)
    }
    if (format && out) {
      if (format === 'graphml') await write(out, toGraphml(graph, measures.nodes))
      else if (format === 'json') await write(out, toJson(graph, measures))
      else {
        const { nodes, edges } = toCsv(graph, measures.nodes)
        const stem = out.replace(/\.csv$/i, '')
        await write(`${stem}.nodes.csv`, nodes)
        await write(`${stem}.edges.csv`, edges)
      }
    }
    const { nodes: perNode, ...totals } = measures
    const top = [...perNode].sort((a, b) => b.pageRank - a.pageRank).slice(0, 10)
    const kinds = new Map<string, number>()
    for (const { kind } of graph.nodes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    const counts = Object.fromEntries(kinds)
    const lines = [
      `${graph.nodes.length} nodes (${[...kinds].map(([kind, n]) => `${n} ${kind}s`).join(', ')}), ${graph.edges.length} edges`,
      `Among concepts: mean degree ${measures.meanDegree.toFixed(2)}, clustering ${measures.averageClustering.toFixed(3)}, ${measures.communities.length} communities (Q ${measures.modularity.toFixed(3)}), largest component ${(100 * measures.largestComponent).toFixed(0)} %, diameter ${measures.diameter}, mean path ${measures.meanPath.toFixed(2)}`,
      `Most central: ${top.map((n) => n.label ?? n.id).join(', ')}`,
      ...files.map((path) => `Wrote ${path}`),
    ]
    return {
      data: { nodes: graph.nodes.length, edges: graph.edges.length, counts, measures: totals, top, files },
      text: lines.join('\n'),
    }
  })
}
