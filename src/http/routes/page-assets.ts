import type { PageDoor } from '../page/door.ts'
import type { HttpApp } from '../type-provider.ts'

/** The page's own files. Without a session, since the login needs them; there is nothing of anybody's shop in them. */
export function addPageAssetRoutes(scope: HttpApp, { assets }: PageDoor): void {
  scope.get<{ Params: { version: string; name: string } }>(
    '/assets/:version/:name',
    { config: { public: true, page: 'asset' }, schema: { hide: true } },
    async (request, reply) => {
      const { version, name } = request.params
      const asset = assets.files.get(name)
      if (asset === undefined) return reply.code(404).send()
      // While replicas are replaced, a page of one may ask the other: what it has is better than nothing, but not kept.
      const isCurrent = version === assets.version
      return reply
        .headers({
          'cache-control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-store',
          'content-type': asset.mediaType,
        })
        .send(asset.body)
    },
  )
}
