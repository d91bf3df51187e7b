/** @file A folder to export a model into: files larger than memory are written chunk by chunk, then put in place whole. */

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ExportFolder } from '../../../shared/pipeline/export/export-folder.ts'
import { commitFile, TEMPORARY, tryRemove } from '../store/atomic-file.ts'
import { fileFault, withFileFaults } from '../store/file-fault.ts'
import { nodeFileSystem, type FileSystem } from '../store/file-system.ts'
import { confine, openFolder } from '../store/folder.ts'

/**
 * @param root made when it does not exist
 * @throws Fault disk-full, unreadable-file
 */
export function openExportFolder(root: string, fs: FileSystem = nodeFileSystem): ExportFolder {
  withFileFaults(root, () => mkdirSync(root, { recursive: true }))
  const folder = openFolder(root, fs)
  return {
    ...folder,
    async writeChunks(path, chunks) {
      const full = confine(fs, root, path)
      const file = withFileFaults(full, () => {
        fs.makeFolder(dirname(full))
        return fs.create(full + TEMPORARY)
      })
      try {
        let at = 0
        for await (const chunk of chunks) {
          withFileFaults(full, () => file.write(chunk, at))
          at += chunk.length
        }
        withFileFaults(full, () => file.sync())
      } catch (error) {
        file.close()
        tryRemove(fs, full + TEMPORARY)
        throw error
      }
      file.close()
      try {
        commitFile(fs, full)
      } catch (error) {
        throw fileFault(error, full)
      }
    },
  }
}
