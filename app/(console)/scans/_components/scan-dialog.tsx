'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import { ImageForm } from './image-form.tsx';
import { UploadForm } from './upload-form.tsx';

export type ScanSource = 'image' | 'upload';

interface Props {
  readonly source: ScanSource;
  readonly onClose: () => void;
}

const SOURCES = [
  { value: 'image', label: 'Image in a registry' },
  { value: 'upload', label: 'File' },
] as const;

/** Asks which image or file to scan, and leads to the job. */
export function ScanDialog({ source: first, onClose }: Props) {
  const router = useRouter();
  const [source, setSource] = useState<ScanSource>(first);

  function follow(jobId: string): void {
    onClose();
    router.push(`/scans?sel=${jobId}`);
  }

  return (
    <Dialog
      title="Scan an image or a file"
      description="Nothing of it is run. What is found joins the findings of everything else."
      width={520}
      open
      onOpenChange={onClose}
    >
      <div className="grid gap-4">
        <div className="justify-self-start">
          <Segmented label="What to scan" value={source} options={SOURCES} onChange={setSource} />
        </div>
        {source === 'image' ? <ImageForm onStarted={follow} /> : <UploadForm onStarted={follow} />}
      </div>
    </Dialog>
  );
}
